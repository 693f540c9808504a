"""What is kept of annotating: projects, texts, every act, decisions, accounts. SQLite by default, PostgreSQL by URL."""
