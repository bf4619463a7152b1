using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Brings a client that is signed in at a backup back to its primary server: asks it in growing intervals, by signing in there beside the connection that stands. On the loop only.
/// </summary>
internal sealed class FailBack : IDisposable
{
    private readonly ModelContext _context;
    private readonly SignInMemory _memory;
    private readonly SignInReport _report;
    private readonly ServerConnection _backup;
    private readonly SipTransportAddress _primary;
    private readonly ReconnectBackoff _backoff;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationToken _stopped;

    /// <summary>Nothing happens before <see cref="Start"/>.</summary>
    /// <param name="context">What the client stands on.</param>
    /// <param name="memory">What its sign-ins leave.</param>
    /// <param name="report">Tells of the attempts.</param>
    /// <param name="backup">The connection that stands.</param>
    /// <param name="primary">Where the user belongs.</param>
    public FailBack(ModelContext context, SignInMemory memory, SignInReport report, ServerConnection backup, SipTransportAddress primary)
    {
        _context = context;
        _memory = memory;
        _report = report;
        _backup = backup;
        _primary = primary;
        _backoff = new(Options.BaseDelay, Options.MaxDelay, context.Random);
        _stopped = _stop.Token;
    }

    /// <summary>Whether nothing that is bound to the connection would be cut off.</summary>
    public required Func<bool> MayMove { get; init; }

    /// <summary>Takes the connection to the primary in the place of the other.</summary>
    public required Func<ServerConnection, Task> Move { get; init; }

    /// <summary>Tells of the attempt under way; null while there is none.</summary>
    public SignInReport? Asking { get; private set; }

    private FailBackOptions Options => _context.Options.FailBack ?? FailBackOptions.Default;

    /// <summary>Begins.</summary>
    /// <param name="cause">Why the primary did not sign the user in.</param>
    public void Start(RegisterException cause) => _context.Work.Start(() => RunAsync(cause));

    /// <summary>Gives up: the connection that stood is at its end.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task RunAsync(RegisterException cause)
    {
        try
        {
            for (var failure = cause; await AskAsync(failure) is { } next;)
            {
                failure = next;
            }
        }
        catch (OperationCanceledException) when (_stopped.IsCancellationRequested)
        {
            // The connection that stood has ended, or the user has signed out.
        }
    }

    /// <summary>Waits and asks once; null when nothing is left to do.</summary>
    private async Task<RegisterException?> AskAsync(RegisterException cause)
    {
        await WaitAsync(cause);
        if (!MayMove())
        {
            return cause;
        }

        _report.Attempt++;
        Asking = _report;
        var memory = _memory.Beside(_backup.Identity);
        try
        {
            var connection = await new SignInRun(_context, memory, _backup.User, _report).SignInAtAsync(_primary, _backup.Server, _stopped);
            if (!_stopped.IsCancellationRequested && MayMove())
            {
                _memory.Learn(memory);
                await Move(connection);
                return null;
            }

            // A conversation has begun meanwhile, or the connection that stood has ended.
            await connection.CloseAsync();
            return cause;
        }
        catch (RegisterException failure) when (Refusal.IsWorthWaiting(failure.InnerException) || failure.Stage == SignInStage.Redirect)
        {
            if (!memory.Home.Servers.Contains(_backup.Server))
            {
                return failure;
            }

            // The primary says that the user is at home here.
            _memory.Learn(memory);
            return null;
        }
        catch (RegisterException failure)
        {
            _report.AtBackup(_primary, null, failure);
            Log.FailBackRefused(_context.Logger, failure);
            return null;
        }
        finally
        {
            Asking = null;
        }
    }

    private Task WaitAsync(RegisterException cause)
    {
        var pause = _backoff.Next();
        var longest = (_context.Options.Reconnect ?? ReconnectOptions.Default).MaxRetryAfter;
        var asked = cause.RetryAfter ?? TimeSpan.Zero;
        asked = asked > longest ? longest : asked;
        pause = asked > pause ? asked : pause;
        _report.AtBackup(_primary, pause, cause);
        return _context.Loop.DelayAsync(pause, _stopped);
    }
}
