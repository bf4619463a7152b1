using UcSdk.Shared;

namespace UcSdk.Media.Tests.Session;

/// <summary>The life of a media session against its conversations.</summary>
public sealed class MediaSessionStatesTests
{
    [Fact]
    public Task Every_row_happens_in_some_conversation() =>
        RowCoverage.AssertAllRowsFireAsync([MediaSessionStates.Table], typeof(ConversationTests), typeof(ConferenceMixerTests));

    [Fact]
    public void Every_pair_that_is_not_in_the_table_is_refused() => RowCoverage.AssertOthersAreRefused(MediaSessionStates.Table);
}
