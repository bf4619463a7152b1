using System.Reactive.Linq;
using UcSdk.Sip;

namespace UcSdk.Tests;

/// <summary>What begins with each sign-in and ends with it: subscriptions come back with the connection, and never hold it up.</summary>
public sealed class SignedInServiceTests
{
    private readonly SignInLab _lab = new();
    private readonly ScriptedService _service = new();
    private readonly Recorder<ServiceProgress> _progress = new();

    [Fact]
    public void It_begins_when_the_user_is_signed_in_and_ends_before_the_registration_does() => Run(async () =>
    {
        ServerConnection? used = null;
        _service.Starting = (connection, _) => Task.FromResult(used = connection);
        _service.Stopping = async () =>
        {
            await _lab.DelayAsync(0.5);
            await used!.Endpoint.SendAsync(used.CreateRequest(SipMethod.Options, used.User), used.Flow, CancellationToken.None);
        };
        await _lab.SignInAsync();
        await _lab.DelayAsync(1);
        await _lab.Alice.SignOutAsync();
        await _lab.DelayAsync(1);

        Assert.Equal(["start open", "stop in order"], _service.Log);
        Assert.Equal(["scripted Start", "scripted Done", "scripted Stop"], _progress.Log);
        Assert.Equal(["OPTIONS", "REGISTER"], _lab.Server.Requests.TakeLast(2).Select(request => request.Name));
    });

    [Fact]
    public void It_begins_anew_on_the_connection_that_takes_the_place_of_a_lost_one() => Run(async () =>
    {
        await _lab.SignInAsync();
        _lab.Network.CutHost("alice");
        await _lab.Alice.WaitForStateAsync(ClientState.SigningIn);
        await _lab.Alice.WaitForStateAsync(ClientState.SignedIn);
        await _lab.DelayAsync(1);

        Assert.Equal(["start open", "stop FlowLost", "start open"], _service.Log);
    });

    [Fact]
    public void It_does_not_hold_up_the_sign_in_and_is_stopped_where_it_is() => Run(async () =>
    {
        var never = new TaskCompletionSource();
        _service.Starting = (_, stop) => never.Task.WaitAsync(stop);
        await _lab.SignInAsync();
        await _lab.DelayAsync(1);
        await _lab.Alice.SignOutAsync();
        await _lab.DelayAsync(1);

        Assert.Equal(["start open", "stop in order"], _service.Log);
        Assert.Equal(["scripted Start", "scripted Stop"], _progress.Log);
    });

    [Fact]
    public void What_fails_in_passing_is_tried_again_after_a_growing_pause() => Run(async () =>
    {
        var times = 2;
        _service.Starting = (_, _) => times-- > 0 ? throw new TimeoutException("No list came.") : Task.CompletedTask;
        await _lab.SignInAsync();
        await _lab.DelayAsync(13);

        Assert.Equal(["start open", "start open", "start open"], _service.Log);
        Assert.Equal(
            [ServiceStage.Start, ServiceStage.Wait, ServiceStage.Start, ServiceStage.Wait, ServiceStage.Start, ServiceStage.Done],
            _progress.Items.Select(item => item.Stage));
        var waits = _progress.Items.Where(item => item.Stage == ServiceStage.Wait).ToArray();
        Assert.All(waits, wait => Assert.IsType<TimeoutException>(wait.Cause));
        Assert.InRange((waits[0].NextAttempt!.Value - waits[0].When).TotalSeconds, 2, 4);
        Assert.InRange((waits[1].NextAttempt!.Value - waits[1].When).TotalSeconds, 4, 8);
        Assert.Equal(waits[0].NextAttempt, _progress.Items[2].When);
        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);
    });

    [Fact]
    public void A_server_that_asks_for_more_time_gets_it() => Run(async () =>
    {
        var times = 1;
        _service.Starting = (connection, _) => times-- > 0 ? throw Refused(connection, 503, "45") : Task.CompletedTask;
        await _lab.SignInAsync();
        await _lab.DelayAsync(46);

        var wait = _progress.Items.Single(item => item.Stage == ServiceStage.Wait);
        Assert.Equal(TimeSpan.FromSeconds(45), wait.NextAttempt - wait.When);
        Assert.Equal(2, _service.Log.Count);
    });

    [Fact]
    public void A_refusal_that_holds_leaves_it_off_until_the_next_connection_and_the_user_signed_in() => Run(async () =>
    {
        var times = 1;
        _service.Starting = (connection, _) => times-- > 0 ? throw Refused(connection, 403) : Task.CompletedTask;
        await _lab.SignInAsync();
        await _lab.DelayAsync(300);
        Assert.Equal(["scripted Start", "scripted Fail"], _progress.Log);
        Assert.Equal(403, Assert.IsType<SipException>(_progress.Items[^1].Cause).StatusCode);
        Assert.Equal(ClientState.SignedIn, _lab.Alice.State);

        _lab.Network.CutHost("alice");
        await _lab.DelayAsync(3);

        Assert.Equal(["scripted Stop", "scripted Start", "scripted Done"], _progress.Log[2..]);
    });

    [Fact]
    public void An_end_that_fails_does_not_keep_the_client_from_signing_out() => Run(async () =>
    {
        _service.Stopping = () => throw new TimeoutException("No answer.");
        await _lab.SignInAsync();
        await _lab.Alice.SignOutAsync();

        Assert.Equal(ClientState.SignedOut, _lab.Alice.State);
        Assert.Equal("REGISTER", _lab.Server.Requests[^1].Name);
    });

    private void Run(Func<Task> story) => _lab.Run(async () =>
    {
        _lab.Alice.Services.Add(_service);
        using var subscription = _lab.Alice.ServiceProgress.Where(progress => progress.Service == "scripted").Subscribe(_progress);
        await story();
    });

    private static SipException Refused(ServerConnection connection, int status, string? retryAfter = null)
    {
        var response = connection.CreateSubscribe(connection.User, "presence", "*/*").CreateResponse(status);
        if (retryAfter is not null)
        {
            response.Headers.Add(HeaderName.RetryAfter, retryAfter);
        }

        return new SipException(response, "SUBSCRIBE");
    }
}
