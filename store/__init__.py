"""The record of an organisation's plans: tables, engine, migrations, plan files, reads and writes."""
