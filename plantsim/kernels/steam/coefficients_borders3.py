"""Borders of the sub-regions of region 3: IAPWS SR5-05(2016), numbers as printed there.

Rows are (I, n): T = sum n p^I, for 3a/3b, 3o/3p and 3w/3x T = sum n (ln p)^I, with p in MPa and T in K.
"""

from __future__ import annotations

# fmt: off

# Table 1, Eq. (2): border between sub-regions 3a and 3b
BORDER_AB = (  # I, n
    (0, 1547.93642129415), (1, -187.661219490113), (2, 21.3144632222113), (-1, -1918.87498864292),
    (-2, 918.419702359447),
)

# Table 1, Eq. (1): border between sub-regions 3c and 3d
BORDER_CD = (  # I, n
    (0, 585.276966696349), (1, 2.78233532206915), (2, -0.0127283549295878), (3, 0.000159090746562729),
)

# Table 1, Eq. (1): border between sub-regions 3g and 3h
BORDER_GH = (  # I, n
    (0, -24928.4240900418), (1, 4281.43584791546), (2, -269.02917314013), (3, 7.51608051114157),
    (4, -0.0787105249910383),
)

# Table 1, Eq. (1): border between sub-regions 3i and 3j
BORDER_IJ = (  # I, n
    (0, 584.814781649163), (1, -0.616179320924617), (2, 0.260763050899562), (3, -0.00587071076864459),
    (4, 5.15308185433082e-05),
)

# Table 1, Eq. (1): border between sub-regions 3j and 3k
BORDER_JK = (  # I, n
    (0, 617.229772068439), (1, -7.70600270141675), (2, 0.697072596851896), (3, -0.0157391839848015),
    (4, 0.000137897492684194),
)

# Table 1, Eq. (1): border between sub-regions 3m and 3n
BORDER_MN = (  # I, n
    (0, 535.339483742384), (1, 7.61978122720128), (2, -0.158365725441648), (3, 0.00192871054508108),
)

# Table 1, Eq. (2): border between sub-regions 3o and 3p
BORDER_OP = (  # I, n
    (0, 969.461372400213), (1, -332.500170441278), (2, 64.2859598466067), (-1, 773.845935768222),
    (-2, -1523.13732937084),
)

# Table 1, Eq. (1): border between sub-regions 3q and 3u
BORDER_QU = (  # I, n
    (0, 565.603648239126), (1, 5.29062258221222), (2, -0.102020639611016), (3, 0.00122240301070145),
)

# Table 1, Eq. (1): border between sub-regions 3r and 3x
BORDER_RX = (  # I, n
    (0, 584.561202520006), (1, -1.02961025163669), (2, 0.243293362700452), (3, -0.00294905044740799),
)

# Table 11, Eq. (1): border between sub-regions 3u and 3v
BORDER_UV = (  # I, n
    (0, 528.199646263062), (1, 8.90579602135307), (2, -0.222814134903755), (3, 0.00286791682263697),
)

# Table 11, Eq. (2): border between sub-regions 3w and 3x
BORDER_WX = (  # I, n
    (0, 7.2805260914538), (1, 97.3505869861952), (2, 14.7370491183191), (-1, 329.196213998375),
    (-2, 873.371668682417),
)
