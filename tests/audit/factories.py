"""People for the tests of the small apps: each with a role of the own that holds just the named permissions."""

from django.contrib.auth.models import Permission

from hebi_charity.accounts.models import Role, RoleAssignment, User


def make_person(username: str, *permissions: str) -> User:
    """A person who may do exactly this; permissions are written "app.codename"."""
    person = User.objects.create(username=username, full_name=username)
    if permissions:
        role = Role.objects.create(code=f"only_{username}", name=username, side="charity", position=99, idle_minutes=30)
        for permission in permissions:
            app, codename = permission.split(".")
            role.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        RoleAssignment.objects.create(user=person, role=role)
    return person
