namespace UcSdk.Documents;

/// <summary>
/// Merges a document into what is known (RFC 4575 §4; [MS-CONFBAS] §3.2.5 for the elements of its own). Pure: in come two values, out
/// comes one, in which every state is full and nothing is deleted.
/// </summary>
internal sealed class ConferenceInfoMerger(ConferenceMergeRules rules)
{
    public ConferenceInfo Merge(ConferenceInfo? known, ConferenceInfo document)
    {
        var old = known is not null && IsMerged(document.State) ? known : new ConferenceInfo(known?.Entity ?? document.Entity);
        return old with
        {
            State = ElementState.Full,
            Version = document.Version,
            IsStatic = document.IsStatic ?? old.IsStatic,
            Description = Merge(old.Description, document.Description, part => part.State, MergeDescription),
            ConferenceState = document.ConferenceState ?? old.ConferenceState,
            Users = Merge(old.Users, document.Users, part => part.State, MergeUsers),
            View = Merge(old.View, document.View, part => part.State, MergeView),
            Extensions = MergeExtensions(old, document),
            ExtensionAttributes = MergeAttributes(old, document),
        };
    }

    private ConferenceDescription MergeDescription(ConferenceDescription? known, ConferenceDescription part)
    {
        var old = known ?? new ConferenceDescription();
        return old with
        {
            State = ElementState.Full,
            DisplayText = part.DisplayText ?? old.DisplayText,
            Subject = part.Subject ?? old.Subject,
            ConferenceUris = Merge(old.ConferenceUris, part.ConferenceUris, uris => uris.State, MergeUris),
            MaximumUserCount = part.MaximumUserCount ?? old.MaximumUserCount,
            ConferenceId = part.ConferenceId ?? old.ConferenceId,
            ConferenceKey = part.ConferenceKey ?? old.ConferenceKey,
            LastUpdate = part.LastUpdate ?? old.LastUpdate,
            LastActivate = part.LastActivate ?? old.LastActivate,
            IsActive = part.IsActive ?? old.IsActive,
            ExpiryTime = part.ExpiryTime ?? old.ExpiryTime,
            AdmissionPolicy = part.AdmissionPolicy ?? old.AdmissionPolicy,
            Organizer = part.Organizer ?? old.Organizer,
            JoinUrl = part.JoinUrl ?? old.JoinUrl,
            LobbyCapable = part.LobbyCapable ?? old.LobbyCapable,
            AutoPromote = part.AutoPromote ?? old.AutoPromote,
            PstnLobbyBypass = part.PstnLobbyBypass ?? old.PstnLobbyBypass,
            ServerMode = part.ServerMode ?? old.ServerMode,
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceUris MergeUris(ConferenceUris? known, ConferenceUris part)
    {
        var old = known ?? new ConferenceUris();
        return old with
        {
            State = ElementState.Full,
            Entries = MergeList(old.Entries, part.Entries, entry => entry.Uri, entry => entry.State, MergeEntry),
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceUriEntry MergeEntry(ConferenceUriEntry? known, ConferenceUriEntry part)
    {
        var old = known ?? new ConferenceUriEntry(part.Uri);
        return old with
        {
            State = ElementState.Full,
            DisplayText = part.DisplayText ?? old.DisplayText,
            Purpose = part.Purpose ?? old.Purpose,
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceUsers MergeUsers(ConferenceUsers? known, ConferenceUsers part)
    {
        var old = known ?? new ConferenceUsers();
        return old with
        {
            State = ElementState.Full,
            ParticipantCount = part.ParticipantCount ?? old.ParticipantCount,
            Users = MergeList(old.Users, part.Users, user => user.Entity, user => user.State, MergeUser),
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceUser MergeUser(ConferenceUser? known, ConferenceUser part)
    {
        var old = known ?? new ConferenceUser(part.Entity);
        return old with
        {
            State = ElementState.Full,
            DisplayText = part.DisplayText ?? old.DisplayText,
            Roles = part.Roles.Count > 0 ? part.Roles : old.Roles,
            Endpoints = MergeList(old.Endpoints, part.Endpoints, endpoint => endpoint.Entity, endpoint => endpoint.State, MergeEndpoint),
            ClientInfo = part.ClientInfo ?? old.ClientInfo,
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceEndpoint MergeEndpoint(ConferenceEndpoint? known, ConferenceEndpoint part)
    {
        var old = known ?? new ConferenceEndpoint(part.Entity);
        return old with
        {
            State = ElementState.Full,
            SessionType = part.SessionType ?? old.SessionType,
            EndpointUri = part.EndpointUri ?? old.EndpointUri,
            DisplayText = part.DisplayText ?? old.DisplayText,
            Status = part.Status ?? old.Status,
            JoiningMethod = part.JoiningMethod ?? old.JoiningMethod,
            // Media have a key but no state: the one that is named replaces the one that is known.
            Media = MergeList(old.Media, part.Media, media => media.Id, _ => ElementState.Full, (_, media) => media),
            AuthMethod = part.AuthMethod ?? old.AuthMethod,
            AccessMethod = part.AccessMethod ?? old.AccessMethod,
            ClientInfo = part.ClientInfo ?? old.ClientInfo,
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceView MergeView(ConferenceView? known, ConferenceView part)
    {
        var old = known ?? new ConferenceView();
        return old with
        {
            State = ElementState.Full,
            Entities = MergeList(old.Entities, part.Entities, view => view.Entity, view => view.State, MergeEntityView),
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    private ConferenceEntityView MergeEntityView(ConferenceEntityView? known, ConferenceEntityView part)
    {
        var old = known ?? new ConferenceEntityView(part.Entity);
        return old with
        {
            State = ElementState.Full,
            Capabilities = part.Capabilities ?? old.Capabilities,
            EntityState = part.EntityState ?? old.EntityState,
            Extensions = MergeExtensions(old, part),
            ExtensionAttributes = MergeAttributes(old, part),
        };
    }

    /// <summary>Applies the state of an element of which there is at most one. Absent, it says nothing.</summary>
    private T? Merge<T>(T? old, T? part, Func<T, ElementState> state, Func<T?, T, T> merge)
        where T : class
    {
        if (part is null)
        {
            return old;
        }

        return IsDeleted(state(part)) ? null : merge(IsMerged(state(part)) ? old : null, part);
    }

    /// <summary>Applies the states of elements with keys. Those that are not named stay; new ones go to the end.</summary>
    private ValueList<T> MergeList<T>(ValueList<T> old, ValueList<T> parts, Func<T, string> key, Func<T, ElementState> state, Func<T?, T, T> merge)
        where T : class
    {
        if (parts.Count == 0)
        {
            return old;
        }

        var merged = new List<T?>(old);
        var index = new Dictionary<string, int>(rules.HasFlag(ConferenceMergeRules.KeysIgnoreCase) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        for (var i = 0; i < merged.Count; i++)
        {
            index[key(merged[i]!)] = i;
        }

        foreach (var part in parts)
        {
            if (!index.TryGetValue(key(part), out var at))
            {
                at = merged.Count;
                merged.Add(null);
                index.Add(key(part), at);
            }

            merged[at] = IsDeleted(state(part)) ? null : merge(IsMerged(state(part)) ? merged[at] : null, part);
        }

        return ValueList.From(merged.OfType<T>());
    }

    // What we do not know has no key we know: a name that comes again replaces all that had it.
    private static ValueList<DocumentElement> MergeExtensions(DocumentPart old, DocumentPart part) => part.Extensions.Count == 0
        ? old.Extensions
        : ValueList.From(old.Extensions.Where(known => !part.Extensions.Any(e => e.Name == known.Name && e.Namespace == known.Namespace)).Concat(part.Extensions));

    private static ValueList<DocumentAttribute> MergeAttributes(DocumentPart old, DocumentPart part) => part.ExtensionAttributes.Count == 0
        ? old.ExtensionAttributes
        : ValueList.From(old.ExtensionAttributes
            .Where(known => !part.ExtensionAttributes.Any(a => a.Name == known.Name && a.Namespace == known.Namespace))
            .Concat(part.ExtensionAttributes));

    private bool IsDeleted(ElementState state) => state == ElementState.Deleted && rules.HasFlag(ConferenceMergeRules.DeletedRemoves);

    private bool IsMerged(ElementState state) => state switch
    {
        ElementState.Partial => rules.HasFlag(ConferenceMergeRules.PartialMerges),
        ElementState.Full => !rules.HasFlag(ConferenceMergeRules.FullReplaces),
        _ => true,
    };
}
