using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Load;

/// <summary>How often the transactions of this process have sent something again, by the counters of their state tables.</summary>
internal static class Retransmissions
{
    public static long Count() =>
        Of(InviteClientTransaction.StateTable) + Of(NonInviteClientTransaction.StateTable) + Of(InviteServerTransaction.StateTable) + Of(NonInviteServerTransaction.StateTable);

    private static long Of<TState, TTrigger>(StateTable<TState, TTrigger, TransactionReason> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var sum = 0L;
        for (var row = 0; row < table.Rows.Count; row++)
        {
            sum += IsAgain(table.Rows[row]) ? table.CountFired(row) : 0;
        }

        return sum;
    }

    // A 2xx that comes after the first was sent again by the callee itself, which has no transaction for that.
    private static bool IsAgain<TState, TTrigger>(StateRow<TState, TTrigger, TransactionReason> row)
        where TState : struct, Enum
        where TTrigger : struct, Enum =>
        row.Reason == TransactionReason.Retransmitted || (row is { From: InviteClientState.Accepted, Trigger: TransactionTrigger.Success });
}
