using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>
/// Finds users by what the directory says about them ([MS-PRES] §2.2.1): all terms must hold, each compares the beginning of an attribute without regard to
/// case, of telephone numbers the digits only. Users who may not sign in are not found.
/// </summary>
/// <param name="directory">The users.</param>
/// <param name="maxResults">The most that one answer holds, whatever is asked for.</param>
internal sealed class DirectorySearch(UserDirectory directory, int maxResults)
{
    public DirectorySearchResult Find(DirectorySearchRequest request)
    {
        var wanted = (int)Math.Min(request.MaxResults ?? (uint)maxResults, (uint)maxResults);
        var found = Find(user => request.Terms.All(term => Holds(user, term))).Take(wanted + 1).ToArray();
        return new DirectorySearchResult(ValueList.From(found.Take(wanted).Select(Describe)), found.Length > wanted);
    }

    /// <summary>The users who may sign in and of whom that is true, by name.</summary>
    public IEnumerable<UcServerUser> Find(Func<UcServerUser, bool> isWanted) => directory.All
        .Where(user => user.IsEnabled && isWanted(user))
        .OrderBy(user => user.DisplayName, StringComparer.OrdinalIgnoreCase)
        .ThenBy(user => user.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a condition is true of a user.</summary>
    public bool Holds(UcServerUser user, DirectorySearchTerm term) => term.Attribute switch
    {
        DirectoryAttributes.Phone => HoldsDigits(user.WorkPhone, term.Value),
        DirectoryAttributes.MobilePhone => HoldsDigits(user.MobilePhone, term.Value),
        DirectoryAttributes.HomePhone => HoldsDigits(user.HomePhone, term.Value),
        DirectoryAttributes.OtherPhone => HoldsDigits(user.OtherPhone, term.Value),
        _ => ValueOf(user, term.Attribute)?.StartsWith(term.Value.Trim(), StringComparison.OrdinalIgnoreCase) ?? false,
    };

    private DirectorySearchEntry Describe(UcServerUser user) => new(directory.AddressOfRecord(user))
    {
        DisplayName = user.DisplayName,
        Title = user.Title ?? "",
        Office = user.Office ?? "",
        Phone = user.WorkPhone ?? "",
        HomePhone = user.HomePhone ?? "",
        MobilePhone = user.MobilePhone ?? "",
        OtherPhone = user.OtherPhone ?? "",
        Company = user.Company ?? "",
        City = user.City ?? "",
        State = user.State ?? "",
        Country = user.Country ?? "",
        Email = user.Email ?? "",
    };

    // Who knows nothing but the whole name of somebody still looks for the parts of it.
    private string? ValueOf(UcServerUser user, string attribute) => attribute switch
    {
        DirectoryAttributes.GivenName => user.GivenName ?? user.DisplayName.Split(' ')[0],
        DirectoryAttributes.Surname => user.Surname ?? user.DisplayName.Split(' ')[^1],
        DirectoryAttributes.DisplayName => user.DisplayName,
        DirectoryAttributes.Mail => user.Email,
        DirectoryAttributes.Company => user.Company,
        DirectoryAttributes.Department => user.Department,
        DirectoryAttributes.Title => user.Title,
        DirectoryAttributes.Office => user.Office,
        DirectoryAttributes.City => user.City,
        DirectoryAttributes.State => user.State,
        DirectoryAttributes.Country => user.Country,
        DirectoryAttributes.SipAddress => directory.AddressOfRecord(user),
        _ => null,
    };

    private static bool HoldsDigits(string? phone, string value) => phone is not null && Digits(value) is { Length: > 0 } digits && Digits(phone).StartsWith(digits, StringComparison.Ordinal);

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
