not for the world
