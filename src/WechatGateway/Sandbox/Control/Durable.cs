using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>What a control call changed is on the disk before it is answered.</summary>
internal sealed class Durable(SandboxState state) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        await state.Sync();
        return answer;
    }
}
