using UcSdk.Documents;

namespace UcSdk;

/// <summary>The capabilities of the services category ([MS-PRES] §2.2.2.7) as the four kinds of the Lync SDK.</summary>
internal static class CapabilityTranslation
{
    private static readonly (string Name, ContactCapabilityType Type)[] Known =
    [
        (PresenceCapabilityNames.Text, ContactCapabilityType.InstantMessaging),
        (PresenceCapabilityNames.Voice, ContactCapabilityType.Audio),
        (PresenceCapabilityNames.Video, ContactCapabilityType.Video),
        (PresenceCapabilityNames.ApplicationSharing, ContactCapabilityType.AppShare),
    ];

    public static IReadOnlyList<ContactCapability> Read(ServiceCapabilities services)
    {
        var details = new List<ContactCapability>(Known.Length);
        foreach (var (name, type) in Known)
        {
            if (services[name] is { } capability)
            {
                details.Add(new(
                    type,
                    capability.Render ?? false,
                    capability.Capture ?? false,
                    ContactAvailabilities.Of(capability.DeviceAvailability)));
            }
        }

        return details;
    }

    public static string? ToWords(IReadOnlyList<ContactCapability> details) => details.Count == 0 ? null : string.Join(", ", details.Select(detail => detail.Type switch
    {
        ContactCapabilityType.InstantMessaging => "IM",
        ContactCapabilityType.Audio => "audio",
        ContactCapabilityType.Video => "video",
        _ => "application sharing",
    }));
}
