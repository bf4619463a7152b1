using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Searches for people in the contact list and in the directory. On the loop only.</summary>
internal sealed class ContactSearch(ContactManager manager, DirectoryChoice directory, Func<string, ServerConnection> connect)
{
    // So many look-ups are under way at a time.
    private const int LookupsAtOnce = 8;
    private readonly DirectoryContacts _shown = new(manager);

    public bool? DirectorySucceeded => directory.Succeeded;

    public async Task<SearchResults> SearchAsync(
        string text, SearchProviders providers, SearchFields fields, SearchOptions options, int maxResults, CancellationToken cancellationToken)
    {
        var isDefault = providers == SearchProviders.Default;
        var found = new List<Contact>();
        var groups = new List<Group>();
        if (isDefault || providers.HasFlag(SearchProviders.OtherContacts))
        {
            found.AddRange(manager.ListedContacts.Where(contact => Matches(contact, text, fields, options)));
            groups.AddRange(options.HasFlag(SearchOptions.ContactsOnly) ? [] : manager.Groups.Where(group => Matches(group.Name, text, options)));
        }

        var isMore = false;
        if (isDefault || providers.HasFlag(SearchProviders.GlobalAddressList))
        {
            var connection = connect(nameof(ContactManager.SearchAsync));
            var answer = await GuardAsync(nameof(ContactManager.SearchAsync), () => directory.FindAsync(connection, text, fields, (uint)maxResults, cancellationToken));
            isMore = answer.IsMore;
            found.AddRange(answer.People.Where(entry => !options.HasFlag(SearchOptions.MatchWholeWord) || IsWhole(entry, text)).Select(_shown.Show).OfType<Contact>());
            groups.AddRange(options.HasFlag(SearchOptions.ContactsOnly) ? [] : answer.Groups.Where(group => IsNew(group.Email, groups)).Select(group => _shown.Show(group.Email, group.Name)));
        }

        Contact[] distinct = [.. found.Distinct()];
        return new([.. distinct.Take(maxResults)], [.. groups.Take(maxResults)], isMore || distinct.Length > maxResults || groups.Count > maxResults);
    }

    /// <summary>The one whom the text means; null when it means nobody, or several.</summary>
    public async Task<Contact?> LookupAsync(string text, CancellationToken cancellationToken)
    {
        var connection = connect(nameof(ContactManager.LookupAsync));
        var isAddress = text.Contains('@', StringComparison.Ordinal) || text.StartsWith("sip:", StringComparison.OrdinalIgnoreCase);
        var isPhone = !isAddress && ContactUri.TryNormalize(text.StartsWith("tel:", StringComparison.OrdinalIgnoreCase) ? text : "tel:" + text, out _)
            && text.All(c => char.IsAsciiDigit(c) || " +-().telTEL:".Contains(c, StringComparison.Ordinal));
        var bare = text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
        DirectorySearchTerm[][] queries = isAddress
            ? [[new(DirectoryAttributes.SipAddress, "sip:" + bare)], [new(DirectoryAttributes.Mail, bare)]]
            : isPhone
                ? [[new(DirectoryAttributes.Phone, bare)], [new(DirectoryAttributes.MobilePhone, bare)], [new(DirectoryAttributes.OtherPhone, bare)]]
                : [[new(DirectoryAttributes.DisplayName, text)]];
        var answer = await GuardAsync(nameof(ContactManager.LookupAsync), () => directory.FindAsync(connection, queries, 10, cancellationToken));
        var exact = answer.People.Where(entry => IsMeant(entry, bare)).Select(_shown.Show).OfType<Contact>().ToArray();
        if (exact.Length == 1)
        {
            return exact[0];
        }

        // Nobody here has that address; somebody elsewhere may.
        return exact.Length == 0 && isAddress && !text.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) && ContactUri.TryNormalize("sip:" + bare, out var uri)
            ? manager.Find(uri)
            : exact.Length == 0 && isPhone && ContactUri.TryNormalize("tel:" + bare, out var phone) ? manager.Find(phone) : null;
    }

    public async Task<IReadOnlyDictionary<string, Contact?>> ResolveAsync(IReadOnlyCollection<string> texts, CancellationToken cancellationToken)
    {
        var waiting = new Queue<string>(texts.Distinct());
        var resolved = new Dictionary<string, Contact?>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(LookupsAtOnce, waiting.Count)).Select(_ => WorkAsync()));
        return resolved;

        async Task WorkAsync()
        {
            while (waiting.TryDequeue(out var text))
            {
                resolved[text] = await LookupAsync(text, cancellationToken);
            }
        }
    }

    private static async Task<T> GuardAsync<T>(string operation, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (SipException failure)
        {
            throw new ServerRequestException(operation, failure);
        }
    }

    // A group of the directory that is in the contact list too is shown as the list has it.
    private static bool IsNew(string email, List<Group> groups) =>
        !groups.OfType<DistributionGroup>().Any(group => group.EmailAddress.Equals(email, StringComparison.OrdinalIgnoreCase));

    private static bool IsMeant(DirectorySearchEntry entry, string text) =>
        text.Equals(entry.Uri[(entry.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparison.OrdinalIgnoreCase)
        || text.Equals(entry.Email, StringComparison.OrdinalIgnoreCase)
        || text.Equals(entry.DisplayName, StringComparison.OrdinalIgnoreCase)
        || new[] { entry.Phone, entry.MobilePhone, entry.HomePhone, entry.OtherPhone }.Any(phone => phone.Length > 0 && Digits(phone) == Digits(text));

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    private static bool IsWhole(DirectorySearchEntry entry, string text) =>
        new[] { entry.DisplayName, entry.Company, entry.Email, entry.Uri[(entry.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..] }.Any(value => Matches(value, text, SearchOptions.MatchWholeWord));

    private static bool Matches(Contact contact, string text, SearchFields fields, SearchOptions options)
    {
        var known = contact.Information;
        return (HasAny(SearchFields.DisplayName | SearchFields.FirstName | SearchFields.LastName) && (Matches(contact.DisplayName, text, options) || Matches(known.ListName, text, options)))
            || (HasAny(SearchFields.Company) && Matches(known.Company, text, options))
            || (HasAny(SearchFields.PrimaryEmailAddress | SearchFields.EmailAddresses) && known.EmailAddresses.Any(mail => Matches(mail, text, options)))
            || (HasAny(SearchFields.Alias) && Matches(contact.Uri[(contact.Uri.IndexOf(':', StringComparison.Ordinal) + 1)..], text, options))
            || (HasAny(SearchFields.PhoneNumbers) && Digits(text) is { Length: > 2 } digits && known.Phones.Any(phone => Digits(phone.Uri).Contains(digits, StringComparison.Ordinal)));

        bool HasAny(SearchFields some) => (fields & some) != 0;
    }

    // The text, or a word of it, begins so.
    private static bool Matches(string? value, string text, SearchOptions options)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        var isWhole = options.HasFlag(SearchOptions.MatchWholeWord);
        return Is(value) || value.Split([' ', '.', '@', '-', ','], StringSplitOptions.RemoveEmptyEntries).Any(Is);

        bool Is(string part) => isWhole ? part.Equals(text, StringComparison.OrdinalIgnoreCase) : part.StartsWith(text, StringComparison.OrdinalIgnoreCase);
    }
}
