using System.Reactive.Linq;
using PresenceWatcher.Reports;
using UcSdk;

namespace PresenceWatcher;

/// <summary>Signs somebody in, publishes what was asked for, and tells how the user and the contacts are until it ends.</summary>
internal sealed class Watch : IAsyncDisposable
{
    // The user is shown as a group of its own.
    private const string Me = "me";

    private readonly LyncClient _client;
    private readonly WatchOptions _options;
    private readonly IReport _report;
    private readonly TimeProvider _time;
    private readonly CsvExport? _export;
    private readonly People _people = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<Group, IDisposable> _groups = [];
    private readonly Dictionary<Contact, IDisposable> _contacts = [];
    private readonly List<IDisposable> _subscriptions = [];
    private bool _over;

    public Watch(LyncClientOptions client, WatchOptions options, IReport report)
    {
        _client = new LyncClient(client);
        _options = options;
        _report = report;
        _time = client.TimeProvider;
        _export = options.ExportFile is { } file ? new CsvExport(file) : null;
    }

    /// <summary>Watches for as long as the options say, or until it is cancelled; both are a good end.</summary>
    /// <exception cref="LyncClientException">The sign-in or the publishing failed.</exception>
    public async Task RunAsync(string uri, CancellationToken cancellationToken)
    {
        _subscriptions.Add(_client.StateChanges.Subscribe(change => Locked(() => _report.State($"{change.Current} ({change.Reason})"))));
        _subscriptions.Add(_client.ContactManager.Groups.Changes.Subscribe(change => Locked(() => FollowGroups(change.Items))));
        await _client.SignInAsync(uri, cancellationToken);
        var self = _client.Self!;
        _subscriptions.Add(self.PresenceChanges.Subscribe(change => Locked(() => ShowSelf(uri, change.Current))));
        await PublishAsync(self, cancellationToken);
        try
        {
            await Task.Delay(_options.Duration ?? Timeout.InfiniteTimeSpan, _time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Somebody has seen enough.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Locked(() => _over = true);
        foreach (var subscription in _subscriptions.Concat(_groups.Values).Concat(_contacts.Values).ToList())
        {
            subscription.Dispose();
        }

        await _client.DisposeAsync();
        _export?.Dispose();
    }

    private async Task PublishAsync(Self self, CancellationToken cancellationToken)
    {
        var items = new List<KeyValuePair<PublishableContactInformationType, object?>>();
        if (_options.Publish is { } availability)
        {
            items.Add(new(PublishableContactInformationType.Availability, availability));
        }

        if (_options.Note is { } note)
        {
            items.Add(new(PublishableContactInformationType.PersonalNote, note));
        }

        if (items.Count > 0)
        {
            await self.PublishContactInformationAsync(items, cancellationToken);
        }
    }

    // Observers are called one after another for each subject, but not for all of them together.
    private void Locked(Action work)
    {
        lock (_gate)
        {
            if (!_over)
            {
                work();
            }
        }
    }

    private void FollowGroups(IReadOnlyList<Group> groups)
    {
        Follow(_groups, groups, group => group.Contacts.Changes.Subscribe(_ => Locked(FollowContacts)));
        FollowContacts();
    }

    private void FollowContacts()
    {
        var contacts = _groups.Keys.SelectMany(group => group.Contacts).Distinct().ToList();
        Follow(_contacts, contacts, contact => contact.InformationChanges.Subscribe(_ => Locked(() => ShowContact(contact))));
        contacts.ForEach(ShowContact);
        var uris = contacts.Select(contact => contact.Uri).Append(_client.Uri ?? "").ToHashSet(StringComparer.OrdinalIgnoreCase);
        _people.Keep(uris, (person, all) => _report.Gone(_time.GetLocalNow(), person, all));
    }

    private static void Follow<T>(Dictionary<T, IDisposable> followed, IReadOnlyList<T> there, Func<T, IDisposable> subscribe)
        where T : notnull
    {
        foreach (var gone in followed.Keys.Except(there).ToList())
        {
            followed.Remove(gone, out var subscription);
            subscription!.Dispose();
        }

        foreach (var come in there.Where(one => !followed.ContainsKey(one)))
        {
            followed[come] = subscribe(come);
        }
    }

    private void ShowContact(Contact contact)
    {
        var information = contact.Information;
        Show(new(
            contact.Uri,
            contact.DisplayName,
            string.Join(", ", _groups.Keys.Where(group => group.Contacts.Contains(contact)).Select(group => group.Name).Order(StringComparer.CurrentCulture)),
            information.Availability,
            information.Activity ?? "",
            information.DefaultNote ?? ""));
    }

    private void ShowSelf(string uri, SelfPresence presence) => Show(new(
        uri,
        uri[(uri.IndexOf(':', StringComparison.Ordinal) + 1)..],
        Me,
        presence.Availability,
        presence.CustomActivities.FirstOrDefault()?.Text ?? presence.ActivityId ?? "",
        presence.PersonalNote ?? presence.OutOfOfficeNote ?? ""));

    private void Show(Person person) => _people.Show(person, (news, all) =>
    {
        var now = _time.GetLocalNow();
        _export?.Write(now, news);
        _report.Changed(now, news, all);
    });
}
