using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <content>What applications say to each other beside the messages.</content>
public sealed partial class Conversation
{
    private static readonly Limit MaxApplications = new("applications that a conversation remembers", 64);
    private readonly Dictionary<string, ContextData> _applicationData = new(StringComparer.Ordinal);
    private readonly List<string> _applications = [];
    private readonly ChangeStream<ContextDataMessage> _contextData;
    private ContextData? _initialReceived;
    private ContextData? _initialSent;

    /// <summary>
    /// What applications have said, received and sent here, in order: in the invitation (<see cref="SetInvitationContextAsync"/>, where it names an application) and after it
    /// (<see cref="SendContextDataAsync"/>). Ends when the conversation does.
    /// </summary>
    public IObservable<ContextDataMessage> ContextData => _contextData;

    /// <summary>What an application has said last, here or at somebody else's; null where it has said nothing. Of more than 64 applications the oldest are forgotten.</summary>
    /// <param name="applicationId">Which application.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ContextData?> GetApplicationDataAsync(string applicationId, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(applicationId);
        return _context.Loop.InvokeAsync(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _applicationData.GetValueOrDefault(applicationId);
        });
    }

    /// <summary>
    /// Says something to the same application of the others: between two in an INFO of the session, in a conference by its IM MCU. No specification gives a form for data
    /// after the invitation; the document is that of invitations ([MS-SIPRE] §2.2.20) with the application's id added. Clients that do not know it refuse it.
    /// </summary>
    /// <param name="context">What to say.</param>
    /// <param name="cancellationToken">Stops waiting for the outcome; the data goes on.</param>
    /// <returns>What became of it at each recipient: <see cref="DeliveryOutcome.Failed"/> with 415 where the client does not take such data.</returns>
    /// <exception cref="InvalidStateException">The conversation has ended, or its instant messages are not connected.</exception>
    /// <exception cref="LyncClientException">A session that rested could not be made anew.</exception>
    public Task<IReadOnlyList<RecipientDelivery>> SendContextDataAsync(ContextData context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return _context.Loop.InvokeAsync(() =>
        {
            RequireOpen(nameof(SendContextDataAsync));
            return SendContextCoreAsync(context).UntilAsync(cancellationToken);
        });
    }

    internal void OnContextReceived(SipUri? sender, Documents.ConversationContext document)
    {
        if (UcSdk.ContextData.TryCreate(document.ApplicationId, document.DataFormat, document.Data) is { } context)
        {
            TellContext(context, SenderOfMessage(sender), InstantMessageDirection.Incoming, isInitial: false);
        }
    }

    /// <summary>The other side invites, and its application says something; again with every session, which is no news.</summary>
    internal void OnInitialContextReceived(InvitationContext? context)
    {
        if (InitialOf(context) is { } initial && initial != _initialReceived)
        {
            TellContext(_initialReceived = initial, SenderOfMessage(null), InstantMessageDirection.Incoming, isInitial: true);
        }
    }

    internal void OnInitialContextSent()
    {
        if (InitialOf(InvitationContext) is { } initial && initial != _initialSent)
        {
            TellContext(_initialSent = initial, SelfParticipant, InstantMessageDirection.Outgoing, isInitial: true);
        }
    }

    private static ContextData? InitialOf(InvitationContext? context) => UcSdk.ContextData.TryCreate(context?.ApplicationId, context?.DataFormat, context?.Data);

    private async Task<IReadOnlyList<RecipientDelivery>> SendContextCoreAsync(ContextData context)
    {
        var self = new ConversationContextParticipant(Connection.User.AddressOfRecord.Text);
        var document = new ConversationContext(_context.Random.NextGuid().ToString(), self, new(ConferenceSession?.ConferenceUri ?? Peer?.Text ?? self.Uri))
        {
            Date = _context.WallClock,
            Modes = ["im"],
            ConversationId = Id,
            DataFormat = context.DataFormat,
            Data = context.Data,
            ApplicationId = context.ApplicationId,
        };
        return await InstantMessageModality.SendContextAsync(document.ToBytes(), () => TellContext(context, SelfParticipant, InstantMessageDirection.Outgoing, isInitial: false));
    }

    private void TellContext(ContextData context, Participant sender, InstantMessageDirection direction, bool isInitial)
    {
        if (!_applicationData.ContainsKey(context.ApplicationId))
        {
            _applications.Add(context.ApplicationId);
            if (!MaxApplications.Allows(_applications.Count))
            {
                _applicationData.Remove(_applications[0]);
                _applications.RemoveAt(0);
            }
        }

        _applicationData[context.ApplicationId] = context;
        _contextData.Publish(new(context, sender, direction, isInitial, _context.WallClock));
    }
}
