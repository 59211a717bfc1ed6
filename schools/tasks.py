"""Background tasks. The row in the outbox is the job; the task only says: look now."""

from celery import shared_task
from django.utils import timezone

from schools.outbox.deliver import deliver_due
from schools.outbox.duties import perform_duties
from schools.tenancy.tasks import TenantTask


@shared_task(name="schools.deliver_outbox", base=TenantTask)
def deliver_outbox() -> None:
    """Perform the duties that are due and deliver what waits."""
    perform_duties(timezone.now())
    deliver_due()
