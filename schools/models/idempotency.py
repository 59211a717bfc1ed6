"""Answers already given to a write that a client may repeat."""

from django.db import models

from schools.tenancy.owned import DistrictOwned, TenantKey


class IdempotencyRecord(DistrictOwned):
    """The answer to one `Idempotency-Key` of one user, written in the same transaction as the write itself.

    The body is encrypted with a key that only the repeating client's own header can rebuild: the table holds nothing that one
    school may not know of another.
    """

    user = TenantKey("schools.User", models.CASCADE, related_name="+")
    key_digest = models.CharField(max_length=64)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    sealed_body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key_digest"], name="idempotencyrecord_once")]

    def __str__(self) -> str:
        return str(self.status)
