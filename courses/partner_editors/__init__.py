"""What editors of a partner university may do: the permission policy, and its second lock."""
