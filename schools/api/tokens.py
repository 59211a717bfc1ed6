"""Signing in and out for programs."""

from typing import Any

from django.contrib.auth import authenticate, logout
from django.contrib.auth.signals import user_logged_in
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from schools.access.doors import PUBLIC, SIGNED_IN
from schools.access.limits import too_many_tries
from schools.answers import problem, too_many_requests
from schools.models import User

from .base import Resource


class CredentialsSerializer(serializers.Serializer[Any]):
    """What a program signs in with."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=1000, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer[Any]):
    """A fresh token; it is shown this once."""

    token = serializers.CharField()
    expires = serializers.DateTimeField()


class SignIn(Resource):
    """E-mail and password for a token."""

    door = PUBLIC

    @extend_schema(
        operation_id="auth_token_create",
        request=CredentialsSerializer,
        responses=TokenSerializer,
        auth=[],
    )
    def post(self, request: Request) -> HttpResponseBase:
        given = self.parsed(CredentialsSerializer)
        plain = request._request
        email = User.objects.normalize_email(given["email"])
        if too_many_tries(plain, "sign-in", email):
            return too_many_requests(plain)
        user = authenticate(plain, username=email, password=given["password"])
        if user is None:
            return problem(plain, 401, "E-mail and password don't belong together.")
        token, text = AuthToken.objects.create(user=user)
        user_logged_in.send(sender=User, request=plain, user=user)
        return Response(TokenSerializer({"token": text, "expires": token.expiry}).data)


class SignOut(Resource):
    """Ends the token (or the browser session) the request was sent with."""

    door = SIGNED_IN

    @extend_schema(operation_id="auth_logout_create", request=None, responses={204: None})
    def post(self, request: Request) -> HttpResponseBase:
        if isinstance(request.auth, AuthToken):
            request.auth.delete()
        else:
            logout(request._request)
        return Response(status=204)
