namespace UcSdk.Sip;

/// <content>
/// SUBSCRIBEs inside the dialog that say something new (RFC 6665 §4.1.2.2: each is a refresh too). One SUBSCRIBE at a time: an update waits for the refresh or the
/// update before it, and a refresh that falls due meanwhile is made good by the update's success.
/// </content>
internal sealed partial class SubscriptionUsage
{
    private readonly Queue<SubscriptionUpdate> _updates = [];

    // How many of the updates, from the first, are in the request that is under way.
    private int _carried;
    private bool _isRefreshOverdue;

    public void Update(SubscriptionUpdate update)
    {
        _updates.Enqueue(update);
        if (State is SubscriptionState.Terminating or SubscriptionState.Lingering or SubscriptionState.Terminated || IsFetch)
        {
            FailUpdates(_updates.Count, SipFailure.Terminated);
        }
        else
        {
            SendUpdate();
        }
    }

    private void SendUpdate()
    {
        if (_refresh is not null || _dialog is null || _opening is not null || State is not (SubscriptionState.Active or SubscriptionState.Pending)
            || !_updates.TryPeek(out var update))
        {
            return;
        }

        var request = SubscriptionRequests.Update(_subscribe, _dialog, update);
        if (_core.RouteOf(request, Flow) is { } flow)
        {
            _carried = 1;
            _isNotified = false;
            _sentAt = Context.Now;
            _refresh = _core.Send(request, flow, this);
        }
        else
        {
            FailUpdates(_updates.Count, SipFailure.FlowClosed);
        }
    }

    // A subscription that takes the place of this one says all that was to be said.
    private void CarryUpdates()
    {
        if (_updates.Count > 0)
        {
            _subscribe = SubscriptionRequests.WithBody(_subscribe, _updates.Last());
        }

        _carried = _updates.Count;
    }

    private void UpdatesAnswered(SipResponse response)
    {
        for (; _carried > 0; _carried--)
        {
            var update = _updates.Dequeue();
            if (response.IsSuccess)
            {
                _subscribe = SubscriptionRequests.WithBody(_subscribe, update);
            }

            Context.Emit(new SipEffect.SubscriptionUpdated(this, update, response));
        }
    }

    private void FailUpdates(int count, SipFailure failure)
    {
        _carried = 0;
        for (; count > 0; count--)
        {
            Context.Emit(new SipEffect.SubscriptionUpdateFailed(this, _updates.Dequeue(), failure));
        }
    }

    // What comes next on the dialog, now that nothing is under way.
    private void GoOn()
    {
        if (_refresh is null && _isRefreshOverdue && State is SubscriptionState.Active or SubscriptionState.Pending)
        {
            _isRefreshOverdue = false;
            SendRefresh();
        }

        SendUpdate();
    }
}
