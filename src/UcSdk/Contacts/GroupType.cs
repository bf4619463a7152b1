namespace UcSdk;

/// <summary>The kinds of groups; the numbers are those of the Lync SDK.</summary>
public enum GroupType
{
    /// <summary>A group that the user has made (<see cref="UcSdk.CustomGroup"/>), or the one for contacts that are in none.</summary>
    CustomGroup = 1,

    /// <summary>A group of the directory (<see cref="UcSdk.DistributionGroup"/>).</summary>
    DistributionGroup = 3,

    /// <summary>Whom the user speaks with most (<see cref="UcSdk.FrequentContacts"/>).</summary>
    FrequentContacts = 4,

    /// <summary>Whom the user has pinned (<see cref="UcSdk.FavoriteContacts"/>).</summary>
    FavoriteContacts = 5,
}
