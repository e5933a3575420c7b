namespace Courier.Services.Conversations;

/// <summary>Where a customer can be answered.</summary>
/// <param name="Channel">Name of the channel: <c>wechat</c>.</param>
/// <param name="AppId">The account of ours that the customer wrote to.</param>
/// <param name="Address">The customer's address there: for WeChat the OpenID.</param>
public sealed record ChannelAddress(string Channel, string AppId, string Address);
