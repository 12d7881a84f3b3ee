"""ENGINE = "isthmus.django.sqlite3": Django's SQLite by JDBC."""
