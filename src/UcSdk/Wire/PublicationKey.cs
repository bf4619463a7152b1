namespace UcSdk;

/// <summary>What a publication is known by ([MS-PRES] §2.2.2): there is one version for each.</summary>
/// <param name="Category">The name of the category.</param>
/// <param name="Instance">Which of its instances.</param>
/// <param name="Container">In which container.</param>
internal readonly record struct PublicationKey(string Category, uint Instance, uint Container);
