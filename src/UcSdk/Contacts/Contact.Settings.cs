using UcSdk.Documents;

namespace UcSdk;

/// <content>What the user, and the user's clients, keep with a contact.</content>
public sealed partial class Contact
{
    private const string Tag = "tag";
    private ChangeStream<ContactSettingChange>? _settingChanges;
    private (bool Tagged, AccessLevel Level, string? EntryId) _toldSettings;

    /// <summary>What the user sees of whom; <see cref="UcSdk.AccessLevel.Default"/> where no entry of <see cref="Self.Permissions"/> applies to the contact.</summary>
    public AccessLevel AccessLevel => IsSip
        ? ContactManager.Permissions.GetAccessLevel(Uri, SourceNetwork switch
        {
            SourceNetworkType.Enterprise => AccessEntryScope.Enterprise,
            SourceNetworkType.FederatedPublic => AccessEntryScope.Public,
            _ => AccessEntryScope.Federated,
        })
        : AccessLevel.Default;

    /// <summary>
    /// The settings of the Lync SDK that the contact has now: <see cref="ContactSetting.Tagged"/> and <see cref="ContactSetting.AccessLevel"/> always,
    /// <see cref="ContactSetting.ExchangeServiceEntryId"/> where the list has it.
    /// </summary>
    public IReadOnlyDictionary<ContactSetting, object> Settings
    {
        get
        {
            var settings = new Dictionary<ContactSetting, object> { [ContactSetting.Tagged] = IsTagged, [ContactSetting.AccessLevel] = AccessLevel };
            if (_entry?.Settings?.ContactId is { } id)
            {
                settings.Add(ContactSetting.ExchangeServiceEntryId, id);
            }

            return settings;
        }
    }

    /// <summary>Changes of <see cref="Settings"/>, whoever made them. Ends when the client is disposed.</summary>
    public IObservable<ContactSettingChange> SettingChanges
    {
        get
        {
            if (Volatile.Read(ref _settingChanges) is { } there)
            {
                return there;
            }

            var created = new ChangeStream<ContactSettingChange>(ContactManager.Context.Observers, "ContactSettings");
            if (Interlocked.CompareExchange(ref _settingChanges, created, null) is { } first)
            {
                return first;
            }

            ContactManager.Context.Loop.Run(() => _toldSettings = (IsTagged, AccessLevel, _entry?.Settings?.ContactId));
            if (ContactManager.IsCompleted)
            {
                created.Complete();
            }

            return created;
        }
    }

    /// <summary>Gives the contact an access level of its own (<see cref="PrivacyRelationships.SetAccessLevelAsync(string, AccessLevel, CancellationToken)"/>).</summary>
    /// <param name="level">The level; <see cref="UcSdk.AccessLevel.Default"/> takes its own away.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">It is no level.</exception>
    /// <exception cref="InvalidOperationException">The contact has no SIP address.</exception>
    /// <exception cref="InvalidStateException">The connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetAccessLevelAsync(AccessLevel level, CancellationToken cancellationToken = default) => IsSip
        ? ContactManager.Permissions.SetAccessLevelAsync(Uri, level, cancellationToken)
        : throw new InvalidOperationException("Only a contact with a SIP address has an access level.");

    /// <summary>Whether <see cref="ChangeSettingAsync"/> can be done now.</summary>
    /// <param name="setting">The setting.</param>
    public bool CanChangeSetting(ContactSetting setting) => setting switch
    {
        ContactSetting.Tagged => IsListed && ContactManager.ListState == ContactListState.Subscribed,
        ContactSetting.AccessLevel => IsSip && ContactManager.ClientState == ClientState.SignedIn,
        _ => false,
    };

    /// <summary>Changes a setting: <see cref="SetTaggedAsync"/> or <see cref="SetAccessLevelAsync"/>.</summary>
    /// <param name="setting"><see cref="ContactSetting.Tagged"/> or <see cref="ContactSetting.AccessLevel"/>.</param>
    /// <param name="value">The value, of the type that <see cref="ContactSetting"/> says.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">The setting cannot be changed, or the value is of another type.</exception>
    /// <exception cref="InvalidStateException">It is not in the list, there is no list now, or the connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task ChangeSettingAsync(ContactSetting setting, object value, CancellationToken cancellationToken = default) => (setting, value) switch
    {
        (ContactSetting.Tagged, bool isTagged) => SetTaggedAsync(isTagged, cancellationToken),
        (ContactSetting.AccessLevel, AccessLevel level) => SetAccessLevelAsync(level, cancellationToken),
        _ => throw new ArgumentException($"{setting} cannot be set to {value?.GetType().Name ?? "null"}.", nameof(value)),
    };

    /// <summary>Whether the user has tagged it, to be told of its changes (attribute <c>tag</c> of its <c>contactSettings</c> in the list).</summary>
    public bool IsTagged => TagOf(_entry) is { } tag && tag is not ("false" or "0" or "");

    /// <summary>Tags the contact, or takes the tag away. Ends when the list shows it; what other clients keep with the contact stays.</summary>
    /// <param name="isTagged">Whether it is to have the tag.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">It is not in the list, or there is no list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetTaggedAsync(bool isTagged, CancellationToken cancellationToken = default) =>
        ContactManager.Editor.ChangeAsync(this, nameof(SetTaggedAsync), entry => WithTag(entry, isTagged), cancellationToken);

    /// <summary>Gives the contact a name of the user's own in the list, or takes it away. Ends when the list shows it.</summary>
    /// <param name="name">The name; empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="InvalidStateException">It is not in the list, or there is no list now.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetListNameAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ContactManager.Editor.ChangeAsync(this, nameof(SetListNameAsync), entry => entry with { Name = name }, cancellationToken);
    }

    /// <summary>Tells which settings are others than those told last. On the loop.</summary>
    internal void TellSettings()
    {
        if (Volatile.Read(ref _settingChanges) is not { } changes)
        {
            return;
        }

        var (before, now) = (_toldSettings, (Tagged: IsTagged, Level: AccessLevel, EntryId: _entry?.Settings?.ContactId));
        _toldSettings = now;
        Tell(ContactSetting.Tagged, before.Tagged, now.Tagged);
        Tell(ContactSetting.AccessLevel, before.Level, now.Level);
        Tell(ContactSetting.ExchangeServiceEntryId, before.EntryId, now.EntryId);

        void Tell(ContactSetting setting, object? was, object? value)
        {
            if (!Equals(was, value))
            {
                changes.Publish(new(this, setting, value));
            }
        }
    }

    private static string? TagOf(ContactListContact? entry) =>
        entry?.Settings?.ExtensionAttributes.Where(attribute => attribute.Name == Tag).Select(attribute => attribute.Value).FirstOrDefault();

    private static ContactListContact WithTag(ContactListContact entry, bool isTagged)
    {
        if (isTagged == TagOf(entry) is not (null or "false" or "0" or ""))
        {
            return entry;
        }

        var settings = entry.Settings ?? new ContactSettings();
        var others = settings.ExtensionAttributes.Where(attribute => attribute.Name != Tag);
        return entry.WithSettings(settings with { ExtensionAttributes = ValueList.From(isTagged ? others.Append(new DocumentAttribute("", Tag, "true")) : others) });
    }
}
