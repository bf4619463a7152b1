namespace UcSdk.Documents.Tests;

/// <summary>The custom activities of an organisation, after the example in the documentation of Lync Server.</summary>
public sealed class CustomStatesTests
{
    // "Configuring Custom Presence States", with the words shortened.
    private const string Example =
        """
        <?xml version="1.0"?>
        <customStates xmlns="http://schemas.microsoft.com/09/2009/communicator/customStates">
          <customState ID="1" availability="online">
            <activity LCID="1033">Working from Home</activity>
            <activity LCID="1055">activity 3 for 1055</activity>
          </customState>
          <customState ID="4" availability="do-not-disturb" since="2013">
            <activity LCID="1033">Interviewing</activity>
            <colour>red</colour>
          </customState>
        </customStates>
        """;

    [Fact]
    public void The_example_is_understood_and_survives_with_what_is_not_known()
    {
        Assert.True(CustomStates.TryRead(TestDocuments.Utf8(Example), out var states, out var error), error.ToString());
        Assert.Equal([(1u, CustomState.Online), (4u, CustomState.DoNotDisturb)], states.States.Select(state => (state.Id, state.Availability)));
        Assert.Equal([new CustomActivity(1033, "Working from Home"), new CustomActivity(1055, "activity 3 for 1055")], states.States[0].Activities);
        Assert.True(CustomStates.TryRead(states.ToBytes(), out var again, out _));
        Assert.Equal(states, again);
        Assert.Equal("since", Assert.Single(again.States[1].ExtensionAttributes).Name);
        Assert.Equal("colour", Assert.Single(again.States[1].Extensions).Name);
        Assert.Equal(("customStates, 2", "customState 1 online"), (states.ToString(), states.States[0].ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<customState/>")]
    [InlineData("<customStates><customState ID=\"1\"/></customStates>")]
    [InlineData("<customStates><customState availability=\"busy\"/></customStates>")]
    [InlineData("<customStates><customState ID=\"x\" availability=\"busy\"/></customStates>")]
    public void What_is_none_is_refused(string text) => Assert.False(CustomStates.TryRead(TestDocuments.Utf8(text), out _, out _));
}
