"""What the exports of LiveJournal and Dreamwidth hold, and those of the tools that read them."""
