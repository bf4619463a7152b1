using UcSdk.Documents;

namespace UcSdk;

/// <summary>
/// The part of the contact card that the user writes: phones and photo. One's own container has all of it; those of the watchers have what their level may see
/// ([MS-PRES] §1.3): colleagues the phone at work, the workgroup the mobile phone too, friends all.
/// </summary>
internal static class OwnCard
{
    private static readonly uint[] Containers =
        [PresenceContainerIds.Self, PresenceContainerIds.External, PresenceContainerIds.Company, PresenceContainerIds.Team, PresenceContainerIds.Personal];

    private static readonly (ContactEndpointType Type, string Name)[] PhoneTypes =
    [
        (ContactEndpointType.WorkPhone, "work"),
        (ContactEndpointType.MobilePhone, "mobile"),
        (ContactEndpointType.HomePhone, "home"),
        (ContactEndpointType.OtherPhone, "other"),
    ];

    /// <summary>All phones: those that the user has set, and those of the directory.</summary>
    public static IReadOnlyList<Phone> PhonesOf(PublishedState state)
    {
        var own = Card(state, PresenceContainerIds.Self);
        var phones = new List<Phone>();
        foreach (var phone in own.Phones)
        {
            if (TypeOf(phone.Type) is { } type && phone.Uri is { Length: > 0 } uri)
            {
                phones.Add(new(type, uri, phone.DisplayString ?? uri, IsPublished(state, phone.Type), CanEdit: true));
            }
        }

        foreach (var phone in state.Named(PresenceCategoryNames.ContactCard).Where(card => card.Instance != PublicationInstances.Card)
            .SelectMany(card => ContactCard.Of(card.Content)?.Phones ?? []))
        {
            if (TypeOf(phone.Type) is { } type && phone.Uri is { Length: > 0 } uri && !phones.Any(other => other.Type == type))
            {
                phones.Add(new(type, uri, phone.DisplayString ?? uri, IsPublished: true, CanEdit: false));
            }
        }

        return phones;
    }

    /// <summary>The card with that phone: another of its kind goes. Null for no phone of the kind.</summary>
    public static IEnumerable<CategoryPublication> WithPhone(PublishedState state, ContactEndpointType type, string? uri, string? display, bool publish)
    {
        var name = PhoneTypes.First(one => one.Type == type).Name;
        return Change(state, (container, card) => card with
        {
            Phones = ValueList.From(uri is not null && (container == PresenceContainerIds.Self || (publish && MaySee(container, type)))
                ? card.Phones.Where(phone => phone.Type != name).Append(new ContactPhone(name) { Uri = uri, DisplayString = display })
                : card.Phones.Where(phone => phone.Type != name)),
        });
    }

    /// <summary>The card with that choice of photo, and with that photo; null leaves either as it is.</summary>
    public static IEnumerable<CategoryPublication> WithPhoto(PublishedState state, PhotoSetting? setting, string? url) => Change(state, (_, card) => card with
    {
        DisplayDirectoryPhoto = setting switch
        {
            PhotoSetting.Display => true,
            PhotoSetting.DoNotDisplay => false,
            PhotoSetting.Default => null,
            _ => card.DisplayDirectoryPhoto,
        },
        Photos = url is null ? card.Photos : url.Length == 0 ? [] : [new ContactPhoto("other") { Uri = url }],
    });

    /// <summary>The choice of photo.</summary>
    public static PhotoSetting PhotoOf(PublishedState state) => Card(state, PresenceContainerIds.Self).DisplayDirectoryPhoto switch
    {
        true => PhotoSetting.Display,
        false => PhotoSetting.DoNotDisplay,
        null => PhotoSetting.Default,
    };

    public static bool IsPhone(ContactEndpointType type) => PhoneTypes.Any(one => one.Type == type);

    private static IEnumerable<CategoryPublication> Change(PublishedState state, Func<uint, ContactCard, ContactCard> change)
    {
        foreach (var container in Containers)
        {
            var before = Card(state, container);
            var after = change(container, before);
            if (after == before)
            {
                continue;
            }

            yield return new CategoryPublication(PresenceCategoryNames.ContactCard, PublicationInstances.Card, container)
            {
                ExpireType = PresenceExpireType.Static,
                Expires = after == new ContactCard() ? 0u : null,
                Content = after == new ContactCard() ? null : after.ToElement(),
            };
        }
    }

    private static ContactCard Card(PublishedState state, uint container) =>
        ContactCard.Of(state.Find(new(PresenceCategoryNames.ContactCard, PublicationInstances.Card, container))?.Content) ?? new();

    private static bool IsPublished(PublishedState state, string name) =>
        Containers.Skip(1).Any(container => Card(state, container).Phones.Any(phone => phone.Type == name));

    private static bool MaySee(uint container, ContactEndpointType type) => container switch
    {
        PresenceContainerIds.Company => type == ContactEndpointType.WorkPhone,
        PresenceContainerIds.Team => type is ContactEndpointType.WorkPhone or ContactEndpointType.MobilePhone,
        PresenceContainerIds.Personal => true,
        _ => false,
    };

    private static ContactEndpointType? TypeOf(string name)
    {
        foreach (var (type, known) in PhoneTypes)
        {
            if (known == name)
            {
                return type;
            }
        }

        return null;
    }
}
