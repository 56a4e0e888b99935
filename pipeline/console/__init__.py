"""What a person sees while a job runs and when it ends. No document text passes through here."""
