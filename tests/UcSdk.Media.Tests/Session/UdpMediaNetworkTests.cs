using System.Net;
using System.Net.Sockets;
using UcSdk.Core;

namespace UcSdk.Media.Tests.Session;

public sealed class UdpMediaNetworkTests
{
    [Fact]
    public async Task Two_people_hear_each_other_over_real_sockets()
    {
        var runtime = LoopRuntime.OnThreadPool(TimeProvider.System);
        var network = new UdpMediaNetwork();
        await using var alice = new MediaSession(new(runtime.Scheduler), runtime.Random, network, new());
        await using var bob = new MediaSession(new(runtime.Scheduler), runtime.Random, network, new());
        var heard = new LoudSink();
        alice.Source = new ToneSource(440);
        bob.Sink = heard;
        var token = TestContext.Current.CancellationToken;

        var offer = await alice.CreateOfferAsync(token);
        await alice.ApplyAnswerAsync(await bob.CreateAnswerAsync(offer, token), token);
        alice.Start();
        bob.Start();
        await Task.WhenAll(alice.WaitForFirstPacketAsync(token), bob.WaitForFirstPacketAsync(token), heard.Loud).WaitAsync(token);

        var statistics = await bob.GetStatisticsAsync(token);
        Assert.Equal((await alice.GetStatisticsAsync(token)).LocalEndPoint, statistics.RemoteEndPoint);
        Assert.True(statistics.IsEncrypted);
        // A packet may come late, or in a burst and so early, where the machine is busy; nothing else is dropped.
        Assert.DoesNotContain(statistics.Dropped, dropped => dropped.Key is not (MediaDropReason.Late or MediaDropReason.Early));
    }

    [Fact]
    public async Task Ports_come_in_pairs_the_first_even()
    {
        var network = new UdpMediaNetwork();
        await using var transport = await network.OpenAsync();

        Assert.Equal((0, transport.RtpEndPoint.Port + 1), (transport.RtpEndPoint.Port % 2, transport.RtcpEndPoint.Port));
        Assert.Equal(IPAddress.Loopback, transport.RtpEndPoint.Address);
    }

    [Fact]
    public async Task A_range_that_is_taken_is_reported()
    {
        await using var first = await new UdpMediaNetwork().OpenAsync();
        var port = first.RtpEndPoint.Port;
        var network = new UdpMediaNetwork(new() { FirstPort = port, LastPort = port + 1 });

        await Assert.ThrowsAsync<IOException>(async () => await network.OpenAsync());
    }

    [Fact]
    public async Task Closing_ends_the_wait_and_sending_afterwards_is_harmless()
    {
        var transport = await new UdpMediaNetwork().OpenAsync();
        var waiting = transport.ReceiveAsync(MediaComponent.Rtp, new byte[100]).AsTask();

        await transport.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        transport.Send(MediaComponent.Rtp, new byte[1], new(IPAddress.Loopback, 9));
    }

    [Fact]
    public async Task The_advertised_address_is_told_to_peers()
    {
        await using var transport = await new UdpMediaNetwork(
            new() { Address = IPAddress.Any, AdvertisedAddress = IPAddress.Parse("192.0.2.1") }).OpenAsync();

        Assert.Equal(IPAddress.Parse("192.0.2.1"), transport.RtpEndPoint.Address);
        Assert.Equal(AddressFamily.InterNetwork, transport.RtpEndPoint.AddressFamily);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new UdpMediaNetwork(new() { Address = IPAddress.Any }));
        Assert.Throws<ArgumentException>(() => new UdpMediaNetwork(new() { AdvertisedAddress = IPAddress.IPv6Loopback }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UdpMediaNetwork(new() { FirstPort = 5001, LastPort = 5001 }));
    }

    private sealed class LoudSink : IAudioSink
    {
        private readonly TaskCompletionSource _loud = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Loud => _loud.Task;

        public void Write(AudioFrame frame)
        {
            if (frame.Samples.Span.ContainsAnyInRange((short)5000, short.MaxValue))
            {
                _loud.TrySetResult();
            }
        }
    }
}
