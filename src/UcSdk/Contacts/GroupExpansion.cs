using UcSdk.Documents;

namespace UcSdk;

/// <summary>Expands distribution groups by the web service. On the loop.</summary>
internal sealed class GroupExpansion(ContactManager manager, AddressBookClient web, Func<string, ServerConnection> connect)
{
    private readonly DirectoryContacts _directory = new(manager);

    /// <summary>What the directory says of the group.</summary>
    /// <exception cref="NotSignedInException">Nobody is signed in.</exception>
    /// <exception cref="WebServiceException">The service did not answer, or refused.</exception>
    public Task<DistributionListResult> QueryAsync(string email, string operation, CancellationToken cancellationToken) => web.ExpandAsync(connect(operation), email, cancellationToken);

    /// <summary>Contacts of the members, each once; groups left out.</summary>
    public IReadOnlyList<Contact> PeopleOf(DistributionListResult result) => [.. result.Members.Where(member => !member.IsGroup).Select(_directory.Show).OfType<Contact>().Distinct()];

    /// <summary>The groups among the members, each once.</summary>
    public IReadOnlyList<DistributionGroup> GroupsOf(DistributionListResult result) => [.. GroupMembers(result).Select(group => _directory.Show(group.Mail, group.DisplayName))];

    /// <summary>Who manages the group; null for nobody whose address is known.</summary>
    public Contact? OwnerOf(DistributionListResult result) => result.Owner is { IsGroup: false } owner ? _directory.Show(owner) : null;

    /// <summary>The members of the group and of all groups in it, each once; groups that are in each other are looked at once.</summary>
    /// <exception cref="WebServiceException">There are too many, or a group could not be expanded.</exception>
    public async Task<IReadOnlyList<Contact>> FindAllAsync(string email, int maxMembers, string operation, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { email };
        var waiting = new Queue<string>(seen);
        var found = new List<Contact>();
        var known = new HashSet<Contact>();
        while (waiting.TryDequeue(out var next))
        {
            var result = await QueryAsync(next, operation, cancellationToken);
            found.AddRange(PeopleOf(result).Where(known.Add));
            if (found.Count > maxMembers)
            {
                throw new WebServiceException(WebServiceFailure.TooManyMembers, $"the group and the groups in it have more than {maxMembers} members");
            }

            foreach (var group in GroupMembers(result).Where(group => seen.Add(group.Mail)))
            {
                waiting.Enqueue(group.Mail);
            }

            if (seen.Count > manager.Context.Options.Web.MaxExpandedGroups)
            {
                throw new WebServiceException(
                    WebServiceFailure.TooManyMembers, $"there are more than {manager.Context.Options.Web.MaxExpandedGroups} groups in the group ({nameof(WebOptions.MaxExpandedGroups)})");
            }
        }

        return found;
    }

    private static IEnumerable<DistributionListMember> GroupMembers(DistributionListResult result) =>
        result.Members.Where(member => member is { IsGroup: true, Mail.Length: > 0 }).DistinctBy(member => member.Mail, StringComparer.OrdinalIgnoreCase);
}
