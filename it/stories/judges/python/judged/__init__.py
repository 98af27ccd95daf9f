from importlib.resources import files


def main():
    print(files(__name__).joinpath("made.txt").read_text().strip())
