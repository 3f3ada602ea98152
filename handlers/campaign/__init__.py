"""How somebody in office makes a campaign, up to the moment at which it is planned. (S5, S24)"""
