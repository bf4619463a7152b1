using UcSdk.Documents;

namespace UcSdk.Fuzz;

/// <summary>The presence readers of the documents target: what can be read can be written, and what was written reads as the same value.</summary>
internal static class PresenceTargets
{
    public static void Run(byte[] input)
    {
        if (PresenceCategories.TryRead(input, out var categories, out _))
        {
            FuzzFinding.Require(PresenceCategories.TryRead(categories.ToBytes(), out var again, out var error) && again == categories, $"categories survive: {error}");
            foreach (var category in categories.Categories)
            {
                Contents(category.Content);
            }
        }

        if (RoamingSelf.TryRead(input, out var self, out _))
        {
            FuzzFinding.Require(RoamingSelf.TryRead(self.ToBytes(), out var again, out var error) && again == self, $"one's own data survive: {error}");
        }

        if (CategoryPublications.TryRead(input, out var publications, out _))
        {
            FuzzFinding.Require(CategoryPublications.TryRead(publications.ToBytes(), out var again, out var error) && again == publications, $"publications survive: {error}");
        }

        if (BatchSubscribe.TryRead(input, out var batch, out _))
        {
            FuzzFinding.Require(BatchSubscribe.TryRead(batch.ToBytes(), out var again, out var error) && again == batch, $"a batch survives: {error}");
        }

        if (SetContainerMembers.TryRead(input, out var members, out _))
        {
            FuzzFinding.Require(SetContainerMembers.TryRead(members.ToBytes(), out var again, out var error) && again == members, $"members survive: {error}");
        }

        if (ResourceList.TryRead(input, out var list, out _))
        {
            FuzzFinding.Require(ResourceList.TryRead(list.ToBytes(), out var again, out var error) && again == list, $"a list survives: {error}");
        }

        if (PidfPresence.TryRead(input, out var pidf, out _))
        {
            FuzzFinding.Require(PidfPresence.TryRead(pidf.ToBytes(), out _, out var error), $"presence survives: {error}");
            _ = pidf.Activities.ToList();
        }

        if (CustomStates.TryRead(input, out var customs, out _))
        {
            FuzzFinding.Require(CustomStates.TryRead(customs.ToBytes(), out var again, out var error) && again == customs, $"custom activities survive: {error}");
        }

        _ = AdhocList.TryRead(input, out _, out _);
        _ = PresenceFault.TryRead(input, out _, out _);
        _ = SetSubscribers.TryRead(input, out _, out _);
        _ = RoamingSelfRequest.TryRead(input, out _, out _);
        if (DocumentElement.TryRead(input, out var root, out _))
        {
            Contents(root);
        }
    }

    private static void Contents(DocumentElement? content)
    {
        Survives(PresenceState.Of(content), state => PresenceState.Of(state.ToElement()));
        Survives(PresenceNote.Of(content), note => PresenceNote.Of(note.ToElement()));
        Survives(ContactCard.Of(content), card => ContactCard.Of(card.ToElement()));
        Survives(DeviceCapabilities.Of(content), device => DeviceCapabilities.Of(device.ToElement()));
        Survives(ServiceCapabilities.Of(content), services => ServiceCapabilities.Of(services.ToElement()));
        Survives(CalendarData.Of(content), data => CalendarData.Of(data.ToElement()));
        Survives(UserProperties.Of(content), properties => UserProperties.Of(properties.ToElement()));
        Survives(CallRouting.Of(content), routing => CallRouting.Of(routing.ToElement()));
    }

    private static void Survives<T>(T? content, Func<T, T?> through)
        where T : class
    {
        if (content is not null)
        {
            FuzzFinding.Require(through(content) is { } again && again.Equals(content), $"{typeof(T).Name} survives");
        }
    }
}
