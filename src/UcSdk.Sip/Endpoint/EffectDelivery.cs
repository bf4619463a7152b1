namespace UcSdk.Sip;

/// <summary>Tells the handles that applications hold what the core has found out about them.</summary>
internal static class EffectDelivery
{
    /// <summary>Delivers an effect that is news for one handle.</summary>
    public static void Deliver(SipEffect effect)
    {
        switch (effect)
        {
            case SipEffect.RequestCanceled(var request, var cancel):
                request.Cancel(cancel);
                break;
            case SipEffect.RequestAnswered(var request, var response):
                request.Answer.TrySetResult(response);
                break;
            case SipEffect.RequestFailed(var request, var failure):
                request.Answer.TrySetException(new SipException(failure, $"{request.Request.Method} {request.Request.UriText}: {failure}."));
                break;
            case SipEffect.InviteProgressed(var usage, var response):
                usage.Session?.DeliverProgress(response);
                break;
            case SipEffect.InviteAnswered(var usage, var response):
                usage.Session?.DeliverAnswer(response);
                break;
            case SipEffect.AckReceived(var usage, var ack):
                usage.Session?.DeliverAck(ack);
                break;
            case SipEffect.InviteChanged(var usage, var change):
                usage.Session?.Deliver(change);
                break;
            case SipEffect.SubscriptionNotified(var usage, var message):
                usage.Handle?.DeliverNotification(message);
                break;
            case SipEffect.SubscriptionAnswered(var usage, var response):
                usage.Handle?.DeliverAnswer(response);
                break;
            case SipEffect.SubscriptionUpdated(_, var update, var response):
                update.Answer.TrySetResult(response);
                break;
            case SipEffect.SubscriptionUpdateFailed(var usage, var update, var failure):
                update.Answer.TrySetException(new SipException(failure, $"SUBSCRIBE {usage.Request.UriText}: {failure}."));
                break;
            case SipEffect.SubscriptionForked(var usage, var fork):
                usage.Handle?.DeliverFork(fork);
                break;
            case SipEffect.SubscriptionChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.NotifierRefreshed(var usage, _):
                usage.Handle?.DeliverRefresh();
                break;
            case SipEffect.NotifierAsked(var usage, var refresh):
                usage.Handle?.Ask(refresh);
                break;
            case SipEffect.NotifierChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.ReferralProgressed(var usage, var progress):
                usage.Handle?.DeliverProgress(progress);
                break;
            case SipEffect.ReferralAnswered(var usage, var response):
                usage.Handle?.DeliverAnswer(response);
                break;
            case SipEffect.ReferralChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.IncomingReferralChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.PublicationChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.PublicationKept(var usage, var revision):
                usage.Handle?.DeliverKept(revision);
                break;
            case SipEffect.RegistrationChanged(var usage, var change):
                usage.Handle?.Deliver(change);
                break;
            case SipEffect.ProxyAnswered(var context, var response):
                context.Handle?.Deliver(response);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"Nobody performs {effect}.");
        }
    }
}
