"""What happened: one room per unit, on three floors."""
