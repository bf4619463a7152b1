namespace UcSdk.Sip;

/// <content>What the notifier's answers lead to, and the subscription that takes the place of one that ended.</content>
internal sealed partial class SubscriptionUsage
{
    private void OpeningAnswered(SipResponse response)
    {
        if (!response.IsSuccess)
        {
            if (_machine.Permits(SubscriptionTrigger.IntervalTooBrief) && SubscriptionRequests.Longer(_opening!.Request, response) is { } longer)
            {
                Fire(SubscriptionTrigger.IntervalTooBrief, response);
                _opening.SendAgain(longer, Flow);
                return;
            }

            UpdatesAnswered(response);
            if (State is SubscriptionState.Subscribing or SubscriptionState.Terminating)
            {
                Fire(SubscriptionTrigger.Refused, response);
            }

            Context.Emit(new SipEffect.SubscriptionAnswered(this, response));
            _opening = null;
            return;
        }

        if (_dialog is null)
        {
            SetDialog(Sip.Dialog.OfUac(_subscribe, response));
        }

        _opening = null;
        Context.Emit(new SipEffect.SubscriptionAnswered(this, response));
        if (_refreshBody is { } lasting)
        {
            _refreshBody = null;
            _subscribe = SubscriptionRequests.WithBody(_subscribe, _subscribe.ContentType ?? "", lasting);
        }

        UpdatesAnswered(response);
        if (State == SubscriptionState.Terminating)
        {
            SendUnsubscribe();
            return;
        }

        if (IsFetch && BestEffortNotify.IsPiggyback(response))
        {
            TakePiggyback(response);
            Fire(SubscriptionTrigger.Fetched, response);
            return;
        }

        Fire(SubscriptionTrigger.Accepted, response);
        if (!IsFetch)
        {
            SetExpiry(SubscriptionRequests.ReadExpires(response));
            ReleaseBestEffort();
        }

        TakePiggyback(response);
        GoOn();
    }

    // Best-effort notifications may get lost: that none came proves nothing.
    private void ReleaseBestEffort()
    {
        if (BestEffortNotify.IsSupported(_subscribe))
        {
            Context.Disarm(this, SipTimer.N);
        }
    }

    private void RefreshAnswered(SipResponse response)
    {
        if (SubscriptionRequests.Longer(_refresh!.Request, response) is { } longer)
        {
            _refresh.SendAgain(longer, _refresh.Flow);
            return;
        }

        _refresh = null;
        if (response.StatusCode == StatusCode.CallOrTransactionDoesNotExist && TryRenew(TimeSpan.Zero, response))
        {
            // What was to be said goes out with the subscription that takes this one's place.
            return;
        }

        UpdatesAnswered(response);
        if (response.IsSuccess)
        {
            RefreshAccepted(response);
        }
        else if (response.StatusCode == StatusCode.CallOrTransactionDoesNotExist)
        {
            Fire(SubscriptionTrigger.Gone, response);
        }
        else if (SubscriptionRequests.EndsSubscription(response.StatusCode))
        {
            var dialog = _dialog!;
            Fire(SubscriptionTrigger.Refused, response);
            if (DialogFailure.EndsDialog(response.StatusCode))
            {
                _core.Dialogs.Lost(dialog, response);
            }
        }
        else if (RefreshSchedule.IsPassing(response.StatusCode))
        {
            RepeatRefresh(SipException.ReadRetryAfter(response));
        }

        GoOn();
    }

    private void RefreshAccepted(SipResponse response)
    {
        _isRefreshOverdue = false;
        _refreshes.Succeeded();
        _dialog!.RefreshTarget(response);
        SetExpiry(SubscriptionRequests.ReadExpires(response));
        if (!_isNotified && response.StatusCode != 204)
        {
            Context.ArmAt(this, SipTimer.N, _sentAt + Context.Timings.TransactionTimeout);
            ReleaseBestEffort();
        }

        TakePiggyback(response);
    }

    // RFC 6665 §4.1.2.2: what failed in passing leaves the subscription as it is until it runs out; before that it is tried again.
    private void RepeatRefresh(TimeSpan? retryAfter)
    {
        if (State is SubscriptionState.Active or SubscriptionState.Pending && _refreshes.NextAfterFailure(Context.Now, _end, retryAfter) is { } due)
        {
            Context.ArmAt(this, SipTimer.Refresh, due);
        }
    }

    private void ClosingAnswered(SipResponse response)
    {
        if (!response.IsSuccess)
        {
            Fire(SubscriptionTrigger.Gone, response);
            return;
        }

        Fire(SubscriptionTrigger.Unsubscribed, response);
        if (State != SubscriptionState.Lingering)
        {
            return;
        }

        if (BestEffortNotify.IsPiggyback(response))
        {
            Context.Emit(new SipEffect.SubscriptionNotified(this, response));
            Fire(SubscriptionTrigger.NotifiedTerminated, response);
        }
        else
        {
            Context.Arm(this, SipTimer.N, Context.Timings.TransactionTimeout);
        }
    }

    // A pause of null is ours to choose; several renewals in a row without an hour of peace between them are spread out all the same.
    private bool TryRenew(TimeSpan? pause, SipMessage cause)
    {
        if (!_options.Resubscribe || IsFetch || IsFork || !_machine.Permits(SubscriptionTrigger.Renew))
        {
            return false;
        }

        if (Context.Now - _sentAt >= TimeSpan.FromHours(1))
        {
            _renewals.Reset();
        }

        var isFirst = _renewals.Failures == 0;
        var ours = _renewals.Next();
        var wait = pause is { } asked && (isFirst || asked > ours) ? asked : ours;
        Fire(SubscriptionTrigger.Renew, cause);
        if (wait == TimeSpan.Zero)
        {
            Resubscribe();
        }
        else
        {
            Context.Arm(this, SipTimer.Refresh, wait);
        }

        return true;
    }

    private void Resubscribe()
    {
        _core.Usages.Remove(this);
        CarryUpdates();
        _subscribe = SubscriptionRequests.Renew(_subscribe, Context);
        _core.Usages.Add(this);
        Fire(SubscriptionTrigger.Resubscribe, null);
        Start();
    }
}
