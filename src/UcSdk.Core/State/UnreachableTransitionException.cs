namespace UcSdk.Core;

/// <summary>A transition was taken for granted that the table does not have: a defect of UcSdk, never of a peer or a caller.</summary>
internal sealed class UnreachableTransitionException(string table, string state, string trigger)
    : InvalidOperationException($"{table} in state {state} has no transition for {trigger}.");
