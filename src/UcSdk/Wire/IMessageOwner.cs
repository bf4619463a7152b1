using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Takes what comes in on a <see cref="MessageSession"/>. On the loop only.</summary>
internal interface IMessageOwner
{
    /// <summary>A message, which is answered already.</summary>
    /// <param name="session">Where.</param>
    /// <param name="sender">Who, where the session is that of a conference (Ms-Sender); null for the other side.</param>
    /// <param name="content">What.</param>
    void OnMessage(MessageSession session, SipUri? sender, InstantMessageContent content);

    /// <summary>Somebody types, or no longer does.</summary>
    void OnComposing(MessageSession session, SipUri? sender, bool isComposing, TimeSpan? lifetime);

    /// <summary>What became of a message in a conference.</summary>
    void OnReport(MessageSession session, InstantMessageDeliveryNotification report);

    /// <summary>An application of somebody says something.</summary>
    void OnContext(MessageSession session, SipUri? sender, ConversationContext context);

    /// <summary>What is said of an invitation of ours on its way: any provisional answer above 100.</summary>
    void OnProgress(SipResponse response);

    /// <summary>The subject has changed.</summary>
    void OnSubject(string subject);

    /// <summary>An established session is over without our doing.</summary>
    void OnEnded(MessageSession session, ModalityTrigger trigger, Exception? cause);
}
