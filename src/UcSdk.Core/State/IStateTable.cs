namespace UcSdk.Core;

/// <summary>A state table seen without its types: what the diagrams and the coverage of the tests are made from.</summary>
internal interface IStateTable
{
    /// <summary>The object whose life the table describes, e.g. <c>ConferenceInvitation</c>.</summary>
    string Name { get; }

    /// <summary>The states in which a new object may begin.</summary>
    IReadOnlyList<string> InitialStates { get; }

    IReadOnlyList<StateRowText> RowTexts { get; }

    /// <summary>How often the row has fired in this process.</summary>
    long CountFired(int row);
}
