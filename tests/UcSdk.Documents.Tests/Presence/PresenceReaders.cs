namespace UcSdk.Documents.Tests;

/// <summary>Every reader of the presence documents on one body; what can be read must be writable, and come back as it was.</summary>
internal static class PresenceReaders
{
    public static void ReadWithEvery(byte[] body)
    {
        if (PresenceCategories.TryRead(body, out var categories, out _))
        {
            Assert.True(PresenceCategories.TryRead(categories.ToBytes(), out _, out var error), error.ToString());
            foreach (var category in categories.Categories)
            {
                ReadWithEveryContent(category.Content);
            }
        }

        if (RoamingSelf.TryRead(body, out var self, out _))
        {
            Assert.True(RoamingSelf.TryRead(self.ToBytes(), out _, out var error), error.ToString());
        }

        if (CategoryPublications.TryRead(body, out var publications, out _))
        {
            Assert.True(CategoryPublications.TryRead(publications.ToBytes(), out _, out var error), error.ToString());
        }

        if (BatchSubscribe.TryRead(body, out var batch, out _))
        {
            Assert.True(BatchSubscribe.TryRead(batch.ToBytes(), out _, out var error), error.ToString());
        }

        if (AdhocList.TryRead(body, out var adhoc, out _))
        {
            Assert.True(AdhocList.TryRead(adhoc.ToBytes(), out _, out var error), error.ToString());
        }

        if (ResourceList.TryRead(body, out var list, out _))
        {
            Assert.True(ResourceList.TryRead(list.ToBytes(), out _, out var error), error.ToString());
        }

        if (PresenceFault.TryRead(body, out var fault, out _))
        {
            Assert.True(PresenceFault.TryRead(fault.ToBytes(), out _, out var error), error.ToString());
        }

        if (PidfPresence.TryRead(body, out var pidf, out _))
        {
            Assert.NotEmpty(pidf.ToBytes());
            Assert.NotNull(pidf.Activities.ToList());
        }

        RoamingSelfRequest.TryRead(body, out _, out _);
        SetContainerMembers.TryRead(body, out _, out _);
        SetSubscribers.TryRead(body, out _, out _);
    }

    public static void ReadWithEveryContent(DocumentElement? content)
    {
        DocumentElement?[] written =
        [
            PresenceState.Of(content)?.ToElement(),
            PresenceNote.Of(content)?.ToElement(),
            ContactCard.Of(content)?.ToElement(),
            DeviceCapabilities.Of(content)?.ToElement(),
            ServiceCapabilities.Of(content)?.ToElement(),
            CalendarData.Of(content)?.ToElement(),
            UserProperties.Of(content)?.ToElement(),
            CallRouting.Of(content)?.ToElement(),
        ];
        foreach (var element in written.OfType<DocumentElement>())
        {
            Assert.NotEmpty(element.ToBytes());
        }
    }
}
