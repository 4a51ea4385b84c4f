"""“Pieteikt organizāciju” and “Tas ir mūsu profils”: forms by which organisations come into the directory.

entering.py  an organisation that is not there yet
claiming.py  somebody asks to speak for one that is
register.py  what the register knows of an organisation
"""
