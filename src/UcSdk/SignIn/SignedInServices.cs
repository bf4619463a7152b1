using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>Starts and stops the services of a client with its connections, each for itself. On the loop only.</summary>
internal sealed class SignedInServices(ModelContext context, Action<ServiceProgress> tell) : IDisposable
{
    private readonly List<ISignedInService> _services = [];
    private Task[] _starting = [];
    private CancellationTokenSource? _stop;

    private ReconnectOptions Pace => context.Options.Reconnect ?? ReconnectOptions.Default;

    /// <summary>Another service, from the next connection on.</summary>
    public void Add(ISignedInService service) => _services.Add(service);

    /// <summary>Begins all of them. <see cref="StopAsync"/> ends what this began.</summary>
    public void Start(ServerConnection connection)
    {
        _stop = new();
        _starting = [.. _services.Select(service => StartOneAsync(service, connection, _stop.Token))];
    }

    /// <summary>Ends all of them, side by side; does nothing where none was started.</summary>
    public async Task StopAsync(ConnectionLoss? loss)
    {
        if (_stop is not { } stop)
        {
            return;
        }

        _stop = null;
        stop.Cancel();
        await Task.WhenAll(_services.Zip(_starting, (service, starting) => StopOneAsync(service, starting, loss)));
        stop.Dispose();
    }

    /// <summary>What is left when nothing was stopped any more.</summary>
    public void Dispose() => _stop?.Dispose();

    private async Task StartOneAsync(ISignedInService service, ServerConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var backoff = new ReconnectBackoff(Pace.BaseDelay, Pace.MaxDelay, context.Random);
            while (await TryStartAsync(service, connection, backoff, cancellationToken) is { } pause)
            {
                await context.Loop.DelayAsync(pause, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is told when it has stopped.
        }
        catch (Exception fault)
        {
            context.Loop.OnFault(fault);
        }
    }

    /// <summary>Null when it runs, or is not worth another try; else how long to wait for that.</summary>
    private async Task<TimeSpan?> TryStartAsync(ISignedInService service, ServerConnection connection, ReconnectBackoff backoff, CancellationToken cancellationToken)
    {
        Tell(service, ServiceStage.Start);
        try
        {
            await service.StartAsync(connection, cancellationToken);
            Tell(service, ServiceStage.Done);
            return null;
        }
        catch (Exception failure) when (failure is SipException or LyncClientException or TimeoutException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Log.ServiceFailed(context.Logger, service.Name, failure);
            var sip = failure as SipException ?? failure.InnerException as SipException;
            if (!Refusal.IsPassing(sip ?? failure))
            {
                Tell(service, ServiceStage.Fail, failure);
                return null;
            }

            var pause = backoff.Next();
            var asked = sip?.RetryAfter ?? TimeSpan.Zero;
            asked = asked > Pace.MaxRetryAfter ? Pace.MaxRetryAfter : asked;
            pause = asked > pause ? asked : pause;
            Tell(service, ServiceStage.Wait, failure, pause);
            return pause;
        }
    }

    private async Task StopOneAsync(ISignedInService service, Task starting, ConnectionLoss? loss)
    {
        await starting;
        try
        {
            await service.StopAsync(loss);
        }
        catch (Exception failure) when (failure is SipException or LyncClientException or TimeoutException or IOException)
        {
            Log.UncleanEnd(context.Logger, failure);
        }
        catch (Exception fault)
        {
            context.Loop.OnFault(fault);
        }

        Tell(service, ServiceStage.Stop);
    }

    private void Tell(ISignedInService service, ServiceStage stage, Exception? cause = null, TimeSpan? pause = null)
    {
        var now = context.WallClock;
        tell(new(service.Name, stage, now) { Cause = cause, NextAttempt = now + pause });
    }
}
