using Xunit.Sdk;

namespace UcSdk.Conversations.Tests;

/// <summary>Shows that what a story asserts can fail: with a mistake built in, it must.</summary>
internal static class Seams
{
    public static void AssertNotices(Func<World, Task> story, WorldOptions mistake) =>
        Assert.ThrowsAny<XunitException>(() => World.Tell(story, mistake));
}
