using System.Globalization;
using UcSdk.Core;
using UcSdk.Documents;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// The session with the focus of a conference (dialog 2): an INVITE that joins the user, then commands in INFO. A command's outcome comes in
/// the answer to the INFO, or later in an INFO of the focus ([MS-CONFBAS] §4.4.8); both are understood.
/// </summary>
internal sealed class FocusDialog
{
    private readonly ModelContext _context;
    private readonly ServerConnection _connection;
    private readonly string _focusUri;
    private readonly Dictionary<string, TaskCompletionSource<C3pResponse>> _commands = [];
    private InviteSession? _session;
    private int _requestId;

    public FocusDialog(ModelContext context, ServerConnection connection, string focusUri)
    {
        _context = context;
        _connection = connection;
        _focusUri = focusUri;
    }

    /// <summary>Raised once when the focus or the network ends the established session; the flag tells whether the network did.</summary>
    public Action<bool>? Ended { get; set; }

    public string? GrantedRole { get; private set; }

    public bool IsOver => _session is null or { State: InviteState.Terminated };

    /// <summary>Joins the user.</summary>
    /// <param name="conversationId">The Ms-Conversation-ID.</param>
    /// <param name="endpoint">The key of the endpoint in the roster.</param>
    /// <param name="cancellationToken">Stops waiting; the caller then closes.</param>
    /// <exception cref="SipException">Refused, no answer, or the flow was lost.</exception>
    /// <exception cref="ConferenceFailureException">The focus answered with a failed command or with nothing readable.</exception>
    public async Task JoinAsync(string conversationId, Guid endpoint, CancellationToken cancellationToken)
    {
        var invite = _connection.CreateRequest(SipMethod.Invite, SipUri.Parse(_focusUri));
        invite.Headers.Add(HeaderName.MsConversationId, conversationId);
        invite.SetBody(ContentTypes.C3p, Request(AddUserCommand.Join(_focusUri, _connection.User.Text, endpoint, lobbyCapable: false)).ToBytes());
        var session = _session = _connection.Endpoint.Invite(invite, new InviteOptions { Flow = _connection.Flow });
        session.StateChanged += OnChanged;
        session.RequestReceived = OnRequest;
        var response = await session.Answer.UntilAsync(cancellationToken);
        SipException.ThrowIfRefused(response, "INVITE of the focus");
        if (Check(ConferenceStage.Focus, Read(response)).Result is AddUserResult joined)
        {
            GrantedRole = joined.GrantedRole;
        }
    }

    /// <summary>Has the focus execute a command and waits for its outcome.</summary>
    /// <exception cref="SipException">The INFO was refused, not answered, or the session ended before the outcome.</exception>
    /// <exception cref="ConferenceFailureException">The command failed.</exception>
    /// <exception cref="TimeoutException">The outcome did not come in time.</exception>
    public async Task<C3pResponse> SendAsync(C3pCommand command, CancellationToken cancellationToken)
    {
        var request = Request(command);
        var outcome = _commands[request.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            if (_session is not { State: InviteState.Confirmed })
            {
                throw new SipException(SipFailure.Terminated, "The session with the focus has ended.");
            }

            var info = _session.CreateRequest(SipMethod.Info);
            info.SetBody(ContentTypes.C3p, request.ToBytes());
            var response = await _session.SendAsync(info, CancellationToken.None).UntilAsync(cancellationToken);
            SipException.ThrowIfRefused(response, "INFO " + command.Name);
            if (Read(response) is { Code: not C3pCode.Pending } inline)
            {
                return Check(ConferenceStage.Command, inline);
            }

            await _context.Loop.WithinAsync(outcome.Task, _context.Options.CommandTimeout, $"The outcome of {command.Name}", cancellationToken);
            return Check(ConferenceStage.Command, await outcome.Task);
        }
        finally
        {
            _commands.Remove(request.RequestId);
        }
    }

    /// <summary>Ends the session with BYE, or CANCEL while there is no answer.</summary>
    public async Task CloseAsync()
    {
        Ended = null;
        if (_session is { } session)
        {
            await Goodbye.SayAsync(_context, session);
        }
    }

    private C3pRequest Request(C3pCommand command) =>
        new((++_requestId).ToString(CultureInfo.InvariantCulture), _connection.User.Text, _focusUri, command);

    private C3pResponse? Read(SipMessage message)
    {
        if (message.ContentType != ContentTypes.C3p)
        {
            return null;
        }

        if (!C3pResponse.TryRead(message.Body, out var response, out var error))
        {
            Log.UnreadableDocument(_context.Logger, error.ToString());
        }

        return response;
    }

    private static C3pResponse Check(ConferenceStage stage, C3pResponse? response) => response switch
    {
        { IsSuccess: true } => response,
        null => throw new ConferenceFailureException(stage, "the focus answered without a readable C3P response"),
        _ => throw new ConferenceFailureException(stage, response.Result?.Reason ?? "the focus did not say why"),
    };

    private bool OnRequest(IncomingRequest incoming)
    {
        if (incoming.Request.Method == SipMethod.Update)
        {
            incoming.Respond(StatusCode.Ok);
            return true;
        }

        if (incoming.Request.Method != SipMethod.Info || incoming.Request.ContentType != ContentTypes.C3p)
        {
            return false;
        }

        incoming.Respond(StatusCode.Ok);
        if (Read(incoming.Request) is { Code: not C3pCode.Pending } response && _commands.TryGetValue(response.RequestId, out var outcome))
        {
            outcome.TrySetResult(response);
        }

        return true;
    }

    private void OnChanged(InviteStateChange change)
    {
        if (change is { Previous: InviteState.Confirmed, Current: InviteState.Terminated or InviteState.Terminating } && change.Reason != InviteReason.LocalBye)
        {
            var isLost = change.Reason == InviteReason.FlowLost;
            foreach (var outcome in _commands.Values.ToArray())
            {
                outcome.TrySetException(new SipException(isLost ? SipFailure.FlowClosed : SipFailure.Terminated, "The session with the focus ended."));
            }

            var ended = Ended;
            Ended = null;
            ended?.Invoke(isLost);
        }
    }
}
