"""ENGINE = "isthmus.django.postgresql": Django's PostgreSQL by JDBC."""
