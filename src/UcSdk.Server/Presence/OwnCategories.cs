using UcSdk.Core;
using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>A user's publications as the user itself sees them: of a category that is named at all, all of them ([MS-PRES] §2.2.2 <c>roamingData</c>).</summary>
internal static class OwnCategories
{
    public static PresenceCategories All(Presentity presentity, Timestamp now) =>
        Of(presentity, presentity.Publications.Select(publication => publication.Key.Category).Distinct(), now);

    /// <summary>The categories of the names; one of which nothing is left is named without content.</summary>
    public static PresenceCategories Of(Presentity presentity, IEnumerable<string> names, Timestamp now)
    {
        var byName = presentity.Publications.ToLookup(publication => publication.Key.Category);
        var categories = new List<PresenceCategory>();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            if (!byName.Contains(name))
            {
                categories.Add(new PresenceCategory(name));
            }

            categories.AddRange(byName[name]
                .OrderBy(publication => publication.Key.Container)
                .ThenBy(publication => publication.Key.Instance)
                .Select(publication => publication.ToOwner(now)));
        }

        return new PresenceCategories(presentity.Address) { Categories = ValueList.From(categories) };
    }
}
