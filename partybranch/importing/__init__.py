"""Files of the branch: the roll and question banks loaded through the floor's wizard."""
