namespace UcSdk.Sip;

/// <summary>
/// The transactions of one flow in the order in which they began. They are chained to one another, so that one comes and goes at the same cost
/// whatever their number.
/// </summary>
internal sealed class FlowTransactions
{
    private Transaction? _first;
    private Transaction? _last;

    public bool IsEmpty => _first is null;

    public void Add(Transaction transaction)
    {
        transaction.Previous = _last;
        if (_last is null)
        {
            _first = transaction;
        }
        else
        {
            _last.Next = transaction;
        }

        _last = transaction;
    }

    public void Remove(Transaction transaction)
    {
        var (previous, next) = (transaction.Previous, transaction.Next);
        if (previous is null)
        {
            _first = next;
        }
        else
        {
            previous.Next = next;
        }

        if (next is null)
        {
            _last = previous;
        }
        else
        {
            next.Previous = previous;
        }

        (transaction.Previous, transaction.Next) = (null, null);
    }

    public Transaction[] ToArray()
    {
        var all = new List<Transaction>();
        for (var transaction = _first; transaction is not null; transaction = transaction.Next)
        {
            all.Add(transaction);
        }

        return [.. all];
    }
}
