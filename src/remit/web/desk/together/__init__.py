"""What came of conversations: meetings, friction, shared risks, commitments, agreements, boards."""
